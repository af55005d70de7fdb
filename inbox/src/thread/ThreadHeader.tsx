import type { ContactRow, ConversationRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useInbox } from '../inbox/desk-context.ts';
import { OptOutMarks } from '../opt-outs/OptOutMarks.tsx';
import type { OptOuts } from '../opt-outs/use-opt-outs.ts';
import { contactAddress } from '../state/views.ts';
import { arrive } from '../ui/arrive.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ChannelBadge, useChannelName } from '../ui/ChannelBadge.tsx';
import { Icon } from '../ui/icons.tsx';

interface Props {
  row: ConversationRow | undefined;
  contact: ContactRow | undefined;
  name: string;
  optOuts: OptOuts;
}

export function ThreadHeader({ row, contact, name, optOuts }: Props) {
  const { text } = useWords();
  return (
    <header className="thread-head">
      <a className="icon-button back" href="#/" title={text.back} aria-label={text.back} data-testid="back">
        <Icon name="back" />
      </a>
      <Avatar name={name} seed={contact?.id ?? ''} />
      <div className="thread-title">
        <h2 key={row?.id} ref={arrive} tabIndex={-1} dir="auto">
          {name}
        </h2>
        {row && <Origin row={row} address={contactAddress(contact)} />}
      </div>
      {row && <OptOutMarks row={row} optOuts={optOuts} />}
      {row?.status === 'CLOSED' && <span className="chip">{text.closed}</span>}
    </header>
  );
}

/** Which account of which channel the customer writes to, and from where. */
function Origin({ row, address }: { row: ConversationRow; address: string | null }) {
  const account = useInbox((state) => state.accounts[row.channel_account_id]);
  const channelName = useChannelName();
  const parts = [channelName(row.channel), address, account?.name];
  return (
    <p className="thread-origin quiet">
      <ChannelBadge channel={row.channel} labelled={false} />
      {parts.map(
        (part) =>
          part && (
            <span key={part}>
              <bdi>{part}</bdi>
            </span>
          ),
      )}
    </p>
  );
}
