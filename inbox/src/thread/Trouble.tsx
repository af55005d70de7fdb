import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { wordsOfError } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { retryMessage } from '../sync/acts.ts';
import { sendAgain } from '../sync/send.ts';
import { failureText } from '../ui/failure-text.ts';

interface Props {
  row: MessageRow;
  /** set when the server never took it */
  failure: Failure | null;
  failed: boolean;
}

/** What went wrong, and, where it failed, the offer to try again: a send whose outcome is not known may have arrived. */
export function Trouble({ row, failure, failed }: Props) {
  const { text } = useWords();
  const desk = useDesk();
  const said = failure?.kind === 'refused' ? failure.message : row.error?.message;
  function reason(): string | undefined {
    if (failure) return failureText(text, failure);
    return row.error ? (wordsOfError(text, row.error) ?? row.error.message) : undefined;
  }
  function again(): void {
    const conversation = desk.store.state().conversations[row.conversation_id];
    if (!failure) void retryMessage(desk, row.id);
    else if (conversation) void sendAgain(desk, conversation, row);
  }
  return (
    <p className="trouble" title={said} data-testid="message-error">
      {failed && <strong>{failure ? text.notSent : text.notDelivered}</strong>} <bdi>{reason()}</bdi>{' '}
      {failed && row.error?.class !== 'cancelled' && (
        <button type="button" className="link-button" onClick={again} data-testid="try-again">
          {text.tryAgain}
        </button>
      )}
    </p>
  );
}
