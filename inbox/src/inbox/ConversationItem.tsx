import { memo } from 'react';
import type { ContactRow, ConversationRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { InALine } from '../thread/InALine.tsx';
import { calledIn } from '../state/views.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ChannelBadge } from '../ui/ChannelBadge.tsx';
import { PlainText } from '../ui/RichText.tsx';
import { conversationPath } from './use-conversation-path.ts';

interface Props {
  row: ConversationRow;
  contact: ContactRow | undefined;
  draft: string | undefined;
  selected: boolean;
}

export const ConversationItem = memo(function ConversationItem({ row, contact, draft, selected }: Props) {
  const { text, format } = useWords();
  const name = contact ? calledIn(text, contact) : '…';
  const at = new Date(row.last_message_at ?? row.created_at);
  return (
    <li>
      <a
        className="conversation"
        href={conversationPath(row.id)}
        aria-current={selected ? 'page' : undefined}
        data-testid="conversation"
        data-conversation-id={row.id}
        data-unread={row.unread_count}
      >
        <span className="conversation-face">
          <Avatar name={name} seed={row.contact_id} />
          <ChannelBadge channel={row.channel} />
        </span>
        <span className="conversation-name" dir="auto">
          {name}
        </span>
        <time dateTime={at.toISOString()}>{format.short(at)}</time>
        <Preview row={row} draft={selected ? undefined : draft} />
        {row.unread_count > 0 && <UnreadCount count={row.unread_count} />}
      </a>
    </li>
  );
});

function Preview({ row, draft }: { row: ConversationRow; draft: string | undefined }) {
  const { text } = useWords();
  if (draft)
    return (
      <span className="conversation-preview">
        <span className="draft-mark">{text.draft}</span>
        <span dir="auto">
          <PlainText text={draft} inALine />
        </span>
      </span>
    );
  const { last_message_preview: words, last_message_at: at, last_message_type: type = null } = row;
  if (!at)
    return (
      <span className="conversation-preview faint">
        <span>{text.noMessagesYet}</span>
      </span>
    );
  return (
    <span className={`conversation-preview ${words ? '' : 'faint'}`}>
      {row.last_message_direction === 'OUTBOUND' && <span className="whose">{text.message.you}</span>}
      <InALine gist={{ type, event: row.last_message_event ?? null, words: words ?? '' }} />
    </span>
  );
}

function UnreadCount({ count }: { count: number }) {
  const { text, format } = useWords();
  const shown = format.number(count);
  return (
    <span className="unread-count" role="img" aria-label={text.unreadCount(count, shown)}>
      {shown}
    </span>
  );
}
