import { useState } from 'react';
import { useWords } from '../i18n/language.tsx';
import { fromLocal, quickTimes, toLocal } from './local-time.ts';

interface Props {
  /** as the field has it */
  value: string;
  onChange: (value: string) => void;
}

/** A day and a time on this machine's clock, with what is mostly chosen. */
export function WhenField({ value, onChange }: Props) {
  const { text, format } = useWords();
  const [now] = useState(() => new Date());
  const nine = (at: Date): string => format.time(at);
  const chosen = fromLocal(value);
  return (
    <div className="stack tight">
      <div className="quick-times" role="group" aria-label={text.sending.when}>
        {quickTimes(now).map(({ name, at }) => (
          <button
            key={name}
            type="button"
            aria-pressed={value === toLocal(at)}
            onClick={() => onChange(toLocal(at))}
            data-testid={`when-${name}`}
          >
            {name === 'inAnHour' ? text.sending.inAnHour : text.sending[name](nine(at))}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{text.sending.when}</span>
        <input
          type="datetime-local"
          required
          value={value}
          min={toLocal(now)}
          onChange={(event) => onChange(event.target.value)}
          data-testid="when"
        />
        <small className="quiet">{text.sending.timesIn(format.zone(chosen ?? now))}</small>
      </label>
      {chosen && chosen <= now && (
        <p className="trouble" role="alert">
          {text.sending.timeGoneBy}
        </p>
      )}
    </div>
  );
}
