import { useWords } from '../i18n/language.tsx';
import { useInbox } from './desk-context.ts';

/** A dot while all is well; words as soon as it is not. */
export function ConnectionState() {
  const { text } = useWords();
  const connection = useInbox((state) => state.connection);
  return (
    <span
      className="connection"
      role="status"
      data-testid="connection"
      data-connection={connection}
      title={text[connection]}
    >
      <span className="connection-dot" />
      <span className={connection === 'live' ? 'visually-hidden' : ''}>{text[connection]}</span>
    </span>
  );
}
