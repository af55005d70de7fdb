import { memo } from 'react';
import { useMessageMenu } from '../acts/acts-context.ts';
import { MoreButton } from '../acts/MoreButton.tsx';
import { hasActs } from '../acts/possible-acts.ts';
import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { otherwiseOf } from '../i18n/otherwise.ts';
import { waitOf } from '../state/views.ts';
import { MessageBody } from './MessageBody.tsx';
import { Quote } from './Quote.tsx';
import { StatusMark } from './StatusMark.tsx';
import { Trouble } from './Trouble.tsx';
import { Waiting } from './Waiting.tsx';

interface Props {
  itemKey: string;
  row: MessageRow;
  failure: Failure | null;
  first: boolean;
  last: boolean;
}

/** One message, on the side of who wrote it. `failure` is set when the server never took it. */
export const Bubble = memo(function Bubble({ itemKey, row, failure, first, last }: Props) {
  const { text, format } = useWords();
  const at = new Date(row.created_at);
  const status = failure ? 'FAILED' : row.status;
  const menu = useMessageMenu(row);
  const canAct = hasActs(row) && !failure;
  return (
    <article
      className={`message ${first ? 'first' : ''} ${last ? 'last' : ''}`}
      data-testid="message"
      data-key={itemKey}
      data-message-id={row.id}
      data-direction={row.direction}
      data-status={status}
      data-type={row.deleted_at ? 'deleted' : row.type}
      {...(canAct ? menu.press : {})}
    >
      <div className="message-line">
        <div className="bubble">
          {row.author && first && (
            <p className="author">
              <bdi>{row.author}</bdi>
            </p>
          )}
          <Quote row={row} />
          <MessageBody row={row} />
        </div>
        <div className="meta">
          {row.edited_at && !row.deleted_at && <span>{text.edited}</span>}
          <time dateTime={row.created_at} title={format.moment(at)}>
            {format.time(at)}
          </time>
          {row.direction === 'OUTBOUND' && <StatusMark status={status} history={row.status_history} />}
        </div>
        {canAct && <MoreButton menu={menu} />}
      </div>
      {row.degraded && <Otherwise why={row.degraded} />}
      {waitOf({ ...row, status }) && <Waiting row={row} />}
      {(status === 'FAILED' || row.error) && <Trouble row={row} failure={failure} failed={status === 'FAILED'} />}
    </article>
  );
});

/** The customer did not get what was asked for, but what the channel has in its place. */
function Otherwise({ why }: { why: string }) {
  const { text } = useWords();
  return (
    <p className="otherwise" title={why} data-testid="message-degraded">
      {text.sentOtherwise} <bdi>{otherwiseOf(text.message, why)}</bdi>
    </p>
  );
}
