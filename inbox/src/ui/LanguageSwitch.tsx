import { languages } from '../i18n/dictionary.ts';
import { dictionaries, useWords } from '../i18n/language.tsx';

/** Each language is named in itself, so that its readers find it. */
export function LanguageSwitch() {
  const { language, text, choose } = useWords();
  return (
    <div className="segments" role="group" aria-label={text.switchLanguage} data-testid="language-switch">
      {languages.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          data-language={each}
          onClick={() => choose(each)}
        >
          {dictionaries[each].languageName}
        </button>
      ))}
    </div>
  );
}
