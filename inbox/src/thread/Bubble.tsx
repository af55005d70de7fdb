import { memo } from 'react';
import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { sendAgain } from '../sync/send.ts';
import { MessageBody } from './MessageBody.tsx';
import { Quote } from './Quote.tsx';
import { StatusMark } from './StatusMark.tsx';

interface Props {
  itemKey: string;
  row: MessageRow;
  failure: Failure | null;
  first: boolean;
  last: boolean;
}

/** One message, on the side of who wrote it. `failure` is set when the server never took it. */
export const Bubble = memo(function Bubble({ itemKey, row, failure, first, last }: Props) {
  const { format } = useWords();
  const at = new Date(row.created_at);
  const status = failure ? 'FAILED' : row.status;
  return (
    <article
      className={`message ${first ? 'first' : ''} ${last ? 'last' : ''}`}
      data-testid="message"
      data-key={itemKey}
      data-message-id={row.id}
      data-direction={row.direction}
      data-status={status}
      data-type={row.type}
    >
      <div className="message-line">
        <div className="bubble">
          <Quote row={row} />
          <MessageBody row={row} />
        </div>
        <div className="meta">
          <time dateTime={row.created_at} title={format.moment(at)}>
            {format.time(at)}
          </time>
          {row.direction === 'OUTBOUND' && <StatusMark status={status} history={row.status_history} />}
        </div>
      </div>
      {(status === 'FAILED' || row.error) && <Trouble row={row} failure={failure} failed={status === 'FAILED'} />}
    </article>
  );
});

/** What went wrong. Only a failed text is offered again: a send whose outcome is not known may have arrived. */
function Trouble({ row, failure, failed }: { row: MessageRow; failure: Failure | null; failed: boolean }) {
  const { text } = useWords();
  const desk = useDesk();
  function reason(): string | undefined {
    if (failure) return failure.kind === 'network' ? text.networkFailure : failure.message;
    return row.error ? text.sendError(row.error) : undefined;
  }
  function again(): void {
    const conversation = desk.store.state().conversations[row.conversation_id];
    if (conversation) void sendAgain(desk, conversation, row);
  }
  return (
    <p className="trouble" role="alert" data-testid="message-error">
      {failed && <strong>{failure ? text.notSent : text.notDelivered}</strong>} <bdi>{reason()}</bdi>{' '}
      {failed && row.type === 'text' && (
        <button type="button" className="link-button" onClick={again} data-testid="try-again">
          {text.tryAgain}
        </button>
      )}
    </p>
  );
}
