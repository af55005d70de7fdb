import type { Result } from '../api/http.ts';
import type { SeriesRow } from '../api/sending-rows.ts';
import { wordsOfCode } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { own } from '../text/own.ts';
import { RichText } from '../ui/RichText.tsx';
import { Addressee } from './Addressee.tsx';
import { ownZone } from './local-time.ts';

interface Props {
  series: SeriesRow;
  onChange: (asked: Promise<Result<SeriesRow>>) => Promise<void>;
}

/** A message that comes again and again, and what can be done about it. */
export function SeriesCard({ series, onChange }: Props) {
  const { text, format } = useWords();
  const last = series.occurrences.at(-1);
  const [next] = series.next;
  return (
    <article className="account-card" data-testid="series" data-series-id={series.id} data-status={series.status}>
      <Addressee row={series}>
        <span className="quiet">{useFacts(series).join(' · ')}</span>
      </Addressee>
      {series.content.message && <RichText text={series.content.message} />}
      <p>
        {series.status === 'PAUSED' ? (
          <strong>{text.sending.paused}</strong>
        ) : (
          next && (
            <time dateTime={next}>{text.sending.nextComes(format.appointment(new Date(next), series.timezone))}</time>
          )
        )}
      </p>
      {last?.outcome === 'refused' && last.error && (
        <p className="trouble" title={last.error.message}>
          {text.sending.lastRefused(wordsOfCode(text, last.error.code) ?? last.error.message)}
        </p>
      )}
      <Buttons series={series} onChange={onChange} />
    </article>
  );
}

function Buttons({ series, onChange }: Props) {
  const { text } = useWords();
  const { client } = useDesk();
  const { id, status } = series;
  const [next] = series.next;
  if (status === 'CANCELLED' || status === 'ENDED') return null;
  function end(): void {
    if (window.confirm(text.sending.endSeriesLead)) void onChange(client.cancelSeries(id));
  }
  return (
    <div className="buttons">
      {status === 'ACTIVE' ? (
        <button type="button" onClick={() => void onChange(client.pauseSeries(id))} data-testid="pause-series">
          {text.sending.pause}
        </button>
      ) : (
        <button type="button" onClick={() => void onChange(client.resumeSeries(id))} data-testid="resume-series">
          {text.sending.resume}
        </button>
      )}
      {next && status === 'ACTIVE' && (
        <button type="button" onClick={() => void onChange(client.skipOccurrence(id, next))} data-testid="skip-next">
          {text.sending.skipNext}
        </button>
      )}
      <button type="button" onClick={end} data-testid="end-series">
        {text.sending.endSeries}
      </button>
    </div>
  );
}

/** How often it comes, until when, and how often it has come. */
function useFacts({ recurrence, until, count, done, timezone }: SeriesRow): string[] {
  const { text, format } = useWords();
  const isPlain = typeof recurrence !== 'string' && (recurrence.interval ?? 1) === 1;
  const often = isPlain ? own(text.sending.repeats, recurrence.every) : undefined;
  return [
    often ?? text.sending.everyOther,
    ...(until === null ? [] : [text.sending.lastDayIs(format.day(new Date(until)))]),
    ...(count === null ? [] : [text.sending.ofTimes(count, format.number(count))]),
    ...(done === 0 ? [] : [text.sending.cameTimes(done, format.number(done))]),
    ...(timezone === ownZone() ? [] : [timezone]),
  ];
}
