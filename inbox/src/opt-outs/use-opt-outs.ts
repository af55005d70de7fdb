import { useCallback, useEffect, useState } from 'react';
import type { ConversationRow } from '../api/rows.ts';
import type { OptOutRow } from '../api/sending-rows.ts';
import { useDesk } from '../inbox/desk-context.ts';

export interface OptOuts {
  rows: OptOutRow[];
  /** the one for which nothing may be written */
  closing: OptOutRow | undefined;
  reread: () => Promise<void>;
}

interface Known {
  conversationId: string;
  /** the message after which it was read */
  after: string | null;
  rows: OptOutRow[];
}

const nothing: Known = { conversationId: '', after: null, rows: [] };

/** Why the customer of a conversation must not be written to there. Every message may change it, so it is read after each. */
export function useOptOuts(row: ConversationRow | undefined): OptOuts {
  const desk = useDesk();
  const [known, setKnown] = useState(nothing);
  const {
    id = '',
    contact_id: contact,
    channel,
    channel_account_id: account,
    last_message_at: after = null,
  } = row ?? {};
  const read = useCallback(async (): Promise<OptOutRow[]> => {
    const answer = contact === undefined ? undefined : await desk.client.optOutsOf(contact);
    if (!answer?.ok) return [];
    return onePerReason(answer.value.filter((one) => one.channel === channel || one.channel_account_id === account));
  }, [desk, contact, channel, account]);
  useEffect(() => {
    let wanted = true;
    void read().then((rows) => wanted && setKnown({ conversationId: id, after, rows }));
    return () => {
      wanted = false;
    };
  }, [read, id, after]);

  async function reread(): Promise<void> {
    const rows = await read();
    // Another conversation may have been opened, and read, meanwhile.
    setKnown((before) => (before.conversationId === id ? { conversationId: id, after, rows } : before));
  }

  const { rows } = known.conversationId === id ? known : nothing;
  return { rows, closing: rows.find(({ why }) => why !== 'no_marketing'), reread };
}

/** Someone with several addresses may have blocked each. */
function onePerReason(rows: OptOutRow[]): OptOutRow[] {
  return [...Map.groupBy(rows, ({ why }) => why).values()].flatMap(([first]) => first ?? []);
}
