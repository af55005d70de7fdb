import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/icons.tsx';
import type { MessageMenu } from './acts-context.ts';

/** Opens a bubble's menu. It is seen while the bubble is pointed at, or it has the focus. */
export function MoreButton({ menu: { button, isOpen, open } }: { menu: MessageMenu }) {
  const { text } = useWords();
  return (
    <button
      ref={button}
      type="button"
      className="icon-button more-button"
      title={text.sending.messageActions}
      aria-label={text.sending.messageActions}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={open}
      data-testid="message-actions"
    >
      <Icon name="more" />
    </button>
  );
}
