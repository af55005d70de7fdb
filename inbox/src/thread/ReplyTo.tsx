import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/icons.tsx';
import { Snippet } from './Quote.tsx';

/** The message that is being answered, above what is written. */
export function ReplyTo({ row, onDrop }: { row: MessageRow; onDrop: () => void }) {
  const { text } = useWords();
  return (
    <div className="reply-to" data-testid="reply-to">
      <blockquote className="quote">
        <small className="quiet">{text.sending.replyingTo}</small>
        <Snippet row={row} />
      </blockquote>
      <button
        type="button"
        className="icon-button"
        title={text.sending.noReply}
        aria-label={text.sending.noReply}
        onClick={onDrop}
        data-testid="no-reply"
      >
        <Icon name="cross" />
      </button>
    </div>
  );
}
