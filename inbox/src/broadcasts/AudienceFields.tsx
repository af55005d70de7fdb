import type { Dispatch, SetStateAction } from 'react';
import { useWords } from '../i18n/language.tsx';
import { Segments } from '../ui/Segments.tsx';
import type { BroadcastDraft } from './broadcast-draft.ts';
import { ColumnFields } from './ColumnFields.tsx';
import { EncodingField } from './EncodingField.tsx';
import { guessColumns, readHead, type Encoding } from './list-head.ts';

interface Props {
  draft: BroadcastDraft;
  /** whom the channel writes to is named by a phone number */
  hasNumbers: boolean;
  onChange: Dispatch<SetStateAction<BroadcastDraft>>;
}

/** Who gets it: what is pasted, or a file. */
export function AudienceFields({ draft, hasNumbers, onChange }: Props) {
  const { text } = useWords();
  const words = text.broadcasts;

  async function choose(file: File | null, chosen: Encoding | null): Promise<void> {
    const read = file && (await readHead(file, chosen ?? undefined));
    const head = read === 'not_utf8' ? null : read;
    const encoding = read === 'not_utf8' ? '' : chosen;
    // others are filled in while a file is looked at
    onChange((now) => ({ ...now, file, head, encoding, columns: head ? guessColumns(head.header) : [] }));
  }

  return (
    <fieldset className="stack tight">
      <legend>{words.audience}</legend>
      <Segments
        label={words.audience}
        choices={[
          ['paste', words.pasteNumbers],
          ['file', words.uploadList],
        ]}
        value={draft.list}
        onChange={(list) => onChange({ ...draft, list })}
      />
      {draft.list === 'paste' ? (
        <label className="field">
          <span>{words.numbers}</span>
          <textarea
            rows={4}
            dir="ltr"
            required
            value={draft.pasted}
            onChange={(event) => onChange({ ...draft, pasted: event.target.value })}
            data-testid="broadcast-numbers"
          />
          <small className="quiet">{words.numbersHint}</small>
        </label>
      ) : (
        <>
          <label className="field">
            <span>{words.listFile}</span>
            <input
              type="file"
              required
              accept=".csv,.txt,.xlsx,text/csv"
              onChange={(event) => void choose(event.target.files?.[0] ?? null, null)}
              data-testid="broadcast-file"
            />
            <small className="quiet">{words.listHint}</small>
          </label>
          {draft.encoding !== null && (
            <EncodingField value={draft.encoding} onChange={(encoding) => void choose(draft.file, encoding)} />
          )}
          {draft.head && (
            <ColumnFields
              head={draft.head}
              columns={draft.columns}
              onChange={(columns) => onChange({ ...draft, columns })}
            />
          )}
        </>
      )}
      {hasNumbers && (
        <label className="field">
          <span>{`${words.country} (${text.optional})`}</span>
          <input
            dir="ltr"
            maxLength={2}
            pattern="[A-Za-z]{2}"
            value={draft.country}
            onChange={(event) => onChange({ ...draft, country: event.target.value })}
            data-testid="broadcast-country"
          />
          <small className="quiet">{words.countryHint}</small>
        </label>
      )}
    </fieldset>
  );
}
