import type { BroadcastCounts, BroadcastRow } from '../api/broadcast-rows.ts';
import { useWords } from '../i18n/language.tsx';

const begun = new Set<string>(['RUNNING', 'PAUSED', 'CANCELLED', 'COMPLETED']);

/** In the order in which they are drawn, what is done first. */
const shown = ['read', 'delivered', 'sent', 'unknown', 'failed', 'skipped', 'pending', 'waiting'] as const;
const undone = new Set<keyof BroadcastCounts>(['pending', 'waiting']);

/** How many recipients stand where, as a bar and in figures. */
export function BroadcastProgress({ broadcast: { status, totals, progress } }: { broadcast: BroadcastRow }) {
  const { text, format } = useWords();
  if (!begun.has(status) || totals.recipients === 0) return null;
  const counted = shown.filter((key) => progress[key] > 0);
  const done = counted.filter((key) => !undone.has(key)).reduce((sum, key) => sum + progress[key], 0);
  const percent = Math.floor((done / totals.recipients) * 100);
  const words = text.broadcasts;
  return (
    <div className="broadcast-progress" data-testid="broadcast-progress">
      <div
        className="progress-bar"
        role="progressbar"
        aria-label={words.progress}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={format.percent(percent / 100)}
      >
        {counted.map((key) => (
          <span key={key} data-count={key} style={{ flexGrow: progress[key] }} />
        ))}
      </div>
      <dl className="progress-counts">
        {counted.map((key) => (
          <div key={key} data-count={key}>
            <dt>{words.counts[key]}</dt>
            <dd>{format.number(progress[key])}</dd>
          </div>
        ))}
      </dl>
      {progress.per_minute !== null && progress.per_minute > 0 && (
        <p className="quiet">
          {words.perMinute(format.number(progress.per_minute))}
          {progress.seconds_left !== null && ` · ${words.timeLeft(format.duration(progress.seconds_left))}`}
        </p>
      )}
    </div>
  );
}
