import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/icons.tsx';

/** Narrows the list to the people with these words in name or number; Escape shows everybody again. */
export function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { text } = useWords();
  return (
    <div className="search-field" role="search">
      <Icon name="search" />
      <input
        type="search"
        dir={value === '' ? undefined : 'auto'}
        value={value}
        placeholder={text.search}
        aria-label={text.search}
        autoComplete="off"
        data-testid="search"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      />
    </div>
  );
}
