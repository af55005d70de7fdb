import type { TemplateRow } from '../api/library-rows.ts';
import type { LibraryWords } from '../i18n/library-words.ts';
import { useWords } from '../i18n/language.tsx';
import { blanksOf, type Blank, type Blanks } from './template-draft.ts';

interface Props {
  template: TemplateRow;
  blanks: Blanks;
  onChange: (blanks: Blanks) => void;
}

/** A field for everything that the template wants to be told. */
export function TemplateBlanks({ template, blanks, onChange }: Props) {
  const { text } = useWords();
  return blanksOf(template).map((blank) => (
    <label className="field" key={`${template.id} ${blank.key}`}>
      <span>{labelOf(blank, text.library)}</span>
      <input
        required
        dir={blank.of === 'file' ? 'ltr' : 'auto'}
        {...inputOf(blank)}
        value={blanks[blank.key] ?? ''}
        onChange={(event) => onChange({ ...blanks, [blank.key]: event.target.value })}
        data-testid={`blank ${blank.key}`}
      />
    </label>
  ));
}

function labelOf({ of, name }: Blank, words: LibraryWords): string {
  switch (of) {
    case 'header':
      return words.headerValue(name);
    case 'body':
      return words.bodyValue(name);
    case 'button':
      return words.buttonValue(name);
    case 'file':
      return words.fileLink;
    case 'latitude':
    case 'longitude':
      return words[of];
  }
}

function inputOf({ of }: Blank): { type: string; step?: string; maxLength?: number } {
  if (of === 'file') return { type: 'url' };
  return of === 'latitude' || of === 'longitude' ? { type: 'number', step: 'any' } : { type: 'text', maxLength: 1024 };
}
