import { useWords } from '../i18n/language.tsx';
import { encodings, type Encoding } from './list-head.ts';

interface Props {
  value: Encoding | '';
  onChange: (encoding: Encoding) => void;
}

/** What a list that is not UTF-8 is written in: nobody guesses, and the rows below show whether it was chosen well. */
export function EncodingField({ value, onChange }: Props) {
  const { text } = useWords();
  const words = text.broadcasts;
  const choose = (chosen: string) => {
    const encoding = encodings.find((each) => each === chosen);
    if (encoding) onChange(encoding);
  };
  return (
    <label className="field">
      <span>{words.encoding}</span>
      <select required value={value} onChange={(event) => choose(event.target.value)} data-testid="broadcast-encoding">
        <option value="" disabled>
          {words.chooseEncoding}
        </option>
        {encodings.map((each) => (
          <option key={each} value={each}>
            {words.encodings[each]}
          </option>
        ))}
      </select>
      <small className="quiet">{words.problems.not_utf8('')}</small>
    </label>
  );
}
