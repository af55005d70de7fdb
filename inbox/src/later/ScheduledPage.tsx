import { useCallback, useMemo, useState } from 'react';
import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { PageHead } from '../inbox/PageHead.tsx';
import { useReread } from '../inbox/use-reread.ts';
import { waitingMessages } from '../state/views.ts';
import { loadScheduled } from '../sync/scheduled.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { MessageBody } from '../thread/MessageBody.tsx';
import { Addressee } from './Addressee.tsx';
import { SeriesCard } from './SeriesCard.tsx';
import { useSeries } from './use-series.ts';
import { WaitingButtons } from './WaitingButtons.tsx';

/** What leaves by itself: the messages that wait for their time, and those that come again and again. */
export function ScheduledPage() {
  const { text } = useWords();
  const { rows: waiting, failure, read } = useWaiting();
  const series = useSeries();
  const isEmpty = waiting?.length === 0 && series.rows?.length === 0;
  return (
    <main className="settings-pane" data-testid="scheduled-page">
      <PageHead title={text.sending.scheduled} lead={text.sending.scheduledLead} />
      {failure && <FailureNote failure={failure} onRetry={read} />}
      {series.failure && (
        <FailureNote failure={series.failure} {...(series.rows === null && { onRetry: series.read })} />
      )}
      {waiting === null && !failure && (
        <p className="quiet" role="status">
          {text.loading}
        </p>
      )}
      {isEmpty && <NothingScheduled />}
      <ul className="account-list">
        {waiting?.map((row) => (
          <li key={row.id}>
            <WaitingCard row={row} />
          </li>
        ))}
      </ul>
      {series.rows && series.rows.length > 0 && (
        <>
          <h3>{text.sending.recurring}</h3>
          <ul className="account-list">
            {series.rows.map((row) => (
              <li key={row.id}>
                <SeriesCard series={row} onChange={series.change} />
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}

function WaitingCard({ row }: { row: MessageRow }) {
  const { format } = useWords();
  return (
    <article className="account-card" data-testid="scheduled-message" data-message-id={row.id}>
      <Addressee row={row}>
        <time className="quiet" dateTime={row.scheduled_at ?? undefined}>
          {format.appointment(new Date(row.scheduled_at ?? ''))}
        </time>
      </Addressee>
      <MessageBody row={row} />
      <div className="buttons">
        <WaitingButtons row={row} />
      </div>
    </article>
  );
}

function NothingScheduled() {
  const { text } = useWords();
  return (
    <div className="empty" data-testid="nothing-scheduled">
      <h2>{text.sending.nothingScheduled}</h2>
      <p>{text.sending.nothingScheduledLead}</p>
    </div>
  );
}

/** Kept up by what is pushed. */
function useWaiting(): { rows: MessageRow[] | null; failure: Failure | null; read: () => void } {
  const desk = useDesk();
  const scheduled = useInbox((state) => state.scheduled);
  const [failure, setFailure] = useState<Failure | null>(null);
  const read = useCallback(() => void loadScheduled(desk).then(setFailure), [desk]);
  useReread(read);
  const rows = useMemo(() => scheduled && waitingMessages(Object.values(scheduled)), [scheduled]);
  return { rows, failure, read };
}
