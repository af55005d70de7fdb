import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { waitReasons } from '../i18n/message-words.ts';
import { WaitingButtons } from '../later/WaitingButtons.tsx';
import { waitOf } from '../state/views.ts';

/** Why a message has not left yet and until when it waits, and what can be done until then. */
export function Waiting({ row }: { row: MessageRow }) {
  const { text, format } = useWords();
  const wait = waitOf(row);
  const reason = waitReasons.find((known) => known === wait?.reason);
  if (!wait || !reason) return null;
  const until = wait.until === null ? null : format.appointment(new Date(wait.until));
  const perSecond = wait.per_second === undefined ? undefined : format.number(wait.per_second);
  return (
    <p className="otherwise" data-testid="message-waiting" data-reason={reason}>
      <span>{text.message.waits[reason](until, perSecond)}</span> <WaitingButtons row={row} className="link-button" />
    </p>
  );
}
