import { useState, type KeyboardEvent } from 'react';
import type { QuickReplyRow } from '../api/library-rows.ts';
import type { ContactRow, ConversationRow } from '../api/rows.ts';
import { useInbox } from '../inbox/desk-context.ts';
import { createAsked } from '../inbox/use-asked.ts';
import { fillKnown } from '../text/placeholders.ts';
import { replaceShortcut, shortcutIn } from '../text/shortcut.ts';

const MOST_SHOWN = 8;

const useReplies = createAsked((desk) => desk.client.quickReplies());

export interface QuickReplyChoice {
  replies: QuickReplyRow[];
  active: number;
  choose: (reply: QuickReplyRow) => void;
  /** True: the key was for the choice. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** The quick replies that what is typed behind a slash may mean. */
export function useQuickReplies(
  row: ConversationRow,
  draft: string,
  onChange: (text: string) => void,
): QuickReplyChoice {
  const typed = shortcutIn(draft);
  const contact = useInbox((state) => state.contacts[row.contact_id]);
  const [dismissed, setDismissed] = useState<string>();
  const [moved, setMoved] = useState({ typed, by: 0 });
  const all = useReplies('', typed !== undefined);
  const replies = typed === undefined || dismissed === draft ? [] : matching(all, typed, row.channel);
  const active = moved.typed === typed && replies.length > 0 ? modulo(moved.by, replies.length) : 0;

  function choose(reply: QuickReplyRow): void {
    onChange(replaceShortcut(draft, fillKnown(reply.message, valuesOf(contact))));
  }

  function onKey({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
    const reply = replies[active];
    if (!reply || nativeEvent.isComposing) return false;
    if (key === 'ArrowDown' || key === 'ArrowUp') setMoved({ typed, by: active + (key === 'ArrowDown' ? 1 : -1) });
    else if (key === 'Escape') setDismissed(draft);
    else if ((key === 'Enter' && !shiftKey) || key === 'Tab') choose(reply);
    else return false;
    return true;
  }

  return { replies, active, choose, onKey };
}

/** Those that begin with what is typed, then those that have it within. */
function matching(all: QuickReplyRow[], typed: string, channel: string): QuickReplyRow[] {
  const words = typed.toLowerCase();
  const places = all
    .filter(({ channels }) => !channels || channels.includes(channel))
    .map((reply) => ({ reply, at: `${reply.shortcut} ${reply.title ?? ''}`.toLowerCase().indexOf(words) }))
    .filter(({ at }) => at >= 0);
  return places
    .toSorted((one, other) => one.at - other.at || one.reply.shortcut.localeCompare(other.reply.shortcut))
    .slice(0, MOST_SHOWN)
    .map(({ reply }) => reply);
}

function valuesOf(contact: ContactRow | undefined): Record<string, string | null | undefined> {
  const names = contact?.name?.trim().split(/\s+/) ?? [];
  return {
    name: contact?.name,
    first_name: names[0],
    last_name: names.slice(1).at(-1),
    phone: contact?.phone,
    email: contact?.email,
  };
}

function modulo(value: number, count: number): number {
  return ((value % count) + count) % count;
}
