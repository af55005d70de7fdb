import { useId, useState, type SyntheticEvent } from 'react';
import type { Status, StatusEntry } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { StatusIcon } from '../ui/StatusIcon.tsx';

/** Room a history needs above its mark, in pixels. */
const historyHeight = 150;

/** How far a message has come; its history shows on hover, focus and tap. */
export function StatusMark({ status, history }: { status: Status; history: StatusEntry[] }) {
  const { text } = useWords();
  const [side, setSide] = useState<'above' | 'below' | null>(null);
  const id = useId();
  const show = (event: SyntheticEvent<HTMLElement>): void => setSide(sideFor(event.currentTarget));
  const hide = (): void => setSide(null);
  return (
    <span className="status-mark" onMouseEnter={show} onMouseLeave={hide}>
      <button
        type="button"
        aria-label={text.statuses[status]}
        aria-describedby={side ? id : undefined}
        data-testid="status-mark"
        onFocus={show}
        onClick={show}
        onBlur={hide}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        <StatusIcon status={status} />
      </button>
      {side && history.length > 0 && <History id={id} side={side} history={history} />}
    </span>
  );
}

function History({ id, side, history }: { id: string; side: 'above' | 'below'; history: StatusEntry[] }) {
  const { text, format } = useWords();
  return (
    <span className="history" role="tooltip" id={id} data-side={side}>
      <strong>{text.history}</strong>
      {history.map((entry) => (
        <span key={`${entry.status} ${entry.at}`} className="history-entry">
          <StatusIcon status={entry.status} />
          <span>{text.statuses[entry.status]}</span>
          <time dateTime={entry.at}>{format.moment(new Date(entry.provider_at ?? entry.at))}</time>
        </span>
      ))}
    </span>
  );
}

/** Above, unless the scrolling area would cut it off. */
function sideFor(mark: HTMLElement): 'above' | 'below' {
  const top = mark.closest('[data-scroller]')?.getBoundingClientRect().top ?? 0;
  return mark.getBoundingClientRect().top - top > historyHeight ? 'above' : 'below';
}
