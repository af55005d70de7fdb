import { useEffect, useId, useState, type CSSProperties, type SyntheticEvent } from 'react';
import type { Status, StatusEntry } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { StatusIcon } from '../ui/StatusIcon.tsx';
import { placeNear } from '../ui/place.ts';

/** How far a message has come; its history shows on hover, focus and tap. */
export function StatusMark({ status, history }: { status: Status; history: StatusEntry[] }) {
  const { text } = useWords();
  const [place, setPlace] = useState<CSSProperties | null>(null);
  const id = useId();
  const shown = place !== null && history.length > 0;
  const show = (event: SyntheticEvent<HTMLElement>): void =>
    setPlace(placeNear(event.currentTarget, innerWidth, innerHeight));
  const hide = (): void => setPlace(null);
  useHideOnScroll(shown, hide);
  return (
    <span className="status-mark" onMouseEnter={show} onMouseLeave={hide}>
      <button
        type="button"
        aria-label={text.statuses[status]}
        aria-describedby={shown ? id : undefined}
        data-testid="status-mark"
        onFocus={show}
        onClick={show}
        onBlur={hide}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        <StatusIcon status={status} />
      </button>
      {shown && <History id={id} place={place} history={history} />}
    </span>
  );
}

/** It begins with PENDING; a second one says that the provider's answer was lost. */
function History({ id, place, history }: { id: string; place: CSSProperties; history: StatusEntry[] }) {
  const { text, format } = useWords();
  return (
    <span className="history" role="tooltip" id={id} style={place} data-testid="status-history">
      <strong>{text.history}</strong>
      {history.map((entry, index) => (
        <span key={`${entry.status} ${entry.at}`} className="history-entry">
          <StatusIcon status={entry.status} />
          <span>
            {entry.status === 'PENDING' && index > 0 ? text.broadcasts.counts.unknown : text.statuses[entry.status]}
          </span>
          <time dateTime={entry.at}>{format.moment(new Date(entry.provider_at ?? entry.at))}</time>
        </span>
      ))}
    </span>
  );
}

/** It stands still on the screen, so it leaves when its mark moves away. */
function useHideOnScroll(shown: boolean, hide: () => void): void {
  useEffect(() => {
    if (!shown) return;
    window.addEventListener('scroll', hide, true);
    return () => window.removeEventListener('scroll', hide, true);
  });
}
