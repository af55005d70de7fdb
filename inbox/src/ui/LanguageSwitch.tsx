import { languageNames, languages } from '../i18n/dictionary.ts';
import { useWords } from '../i18n/language.tsx';

/** One button for each other language, named in itself, so that its readers find it. */
export function LanguageSwitch() {
  const { language, text, choose } = useWords();
  return languages
    .filter((each) => each !== language)
    .map((each) => (
      <button
        key={each}
        type="button"
        className="language-switch"
        lang={each}
        title={text.switchLanguage}
        data-language={each}
        onClick={() => choose(each)}
      >
        {languageNames[each]}
      </button>
    ));
}
