import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { WaitingButtons } from '../later/WaitingButtons.tsx';

/** When a message leaves, and what can be done until then. */
export function Waiting({ row }: { row: MessageRow }) {
  const { text, format } = useWords();
  return (
    <p className="otherwise" data-testid="message-waiting">
      {text.leavesAt(format.appointment(new Date(row.scheduled_at ?? '')))}{' '}
      <WaitingButtons row={row} className="link-button" />
    </p>
  );
}
