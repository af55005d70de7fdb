import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/icons.tsx';

/** Stands beside the send button: asks when the message is to leave. */
export function LaterButton({ disabled, onClick }: { disabled: boolean; onClick: () => void }) {
  const { text } = useWords();
  return (
    <button
      type="button"
      className="icon-button later-button"
      disabled={disabled}
      title={text.sending.later}
      aria-label={text.sending.later}
      aria-haspopup="dialog"
      onClick={onClick}
      data-testid="send-later"
    >
      <Icon name="alarm" />
    </button>
  );
}
