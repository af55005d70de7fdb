import { useWords } from '../i18n/language.tsx';
import { isEnding, repeats, type Repeat } from './repeat.ts';

interface Props {
  value: Repeat;
  /** the day of the first one, which no end is before */
  from: string;
  onChange: (value: Repeat) => void;
}

/** Whether a message comes again, and until when. */
export function RepeatFields({ value, from, onChange }: Props) {
  const { text } = useWords();
  const { every, ending, until, count } = value;
  return (
    <div className="repeat">
      <label className="field">
        <span>{text.sending.repeat}</span>
        <select
          value={every}
          onChange={(event) => onChange({ ...value, every: repeats.find((one) => one === event.target.value) ?? 'no' })}
          data-testid="repeat"
        >
          {repeats.map((each) => (
            <option key={each} value={each}>
              {text.sending.repeats[each]}
            </option>
          ))}
        </select>
      </label>
      {every !== 'no' && (
        <label className="field">
          <span>{text.sending.ends}</span>
          <select
            value={ending}
            onChange={(event) => isEnding(event.target.value) && onChange({ ...value, ending: event.target.value })}
            data-testid="repeat-ending"
          >
            <option value="never">{text.sending.endsNever}</option>
            <option value="until">{text.sending.endsOn}</option>
            <option value="count">{text.sending.endsAfter}</option>
          </select>
        </label>
      )}
      {every !== 'no' && ending === 'until' && (
        <label className="field">
          <span>{text.sending.lastDay}</span>
          <input
            type="date"
            required
            min={from}
            value={until}
            onChange={(event) => onChange({ ...value, until: event.target.value })}
            data-testid="repeat-until"
          />
        </label>
      )}
      {every !== 'no' && ending === 'count' && (
        <label className="field">
          <span>{text.sending.times}</span>
          <input
            type="number"
            required
            min={1}
            max={1000}
            value={count}
            onChange={(event) => onChange({ ...value, count: event.target.value })}
            data-testid="repeat-count"
          />
        </label>
      )}
    </div>
  );
}
