import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { arabic } from './ar.ts';
import { languages, type Dictionary, type Language } from './dictionary.ts';
import { english } from './en.ts';
import { createFormat, isLocale, type Format } from './format.ts';

interface Words {
  language: Language;
  text: Dictionary;
  format: Format;
  choose: (language: Language) => void;
}

export const dictionaries: Record<Language, Dictionary> = { en: english, ar: arabic };

const storageKey = 'parley.language';
const fallbackLocale: Record<Language, string> = { en: 'en-GB', ar: 'ar-EG' };
const WordsContext = createContext<Words | null>(null);

/** Gives everything below the chosen language, and tells the document about it. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = dictionaries[language].direction;
  }, [language]);
  const words = useMemo(() => {
    const text = dictionaries[language];
    return { language, text, format: createFormat(localeOf(language), text), choose };
    function choose(next: Language): void {
      localStorage.setItem(storageKey, next);
      setLanguage(next);
    }
  }, [language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('no LanguageProvider above');
  return words;
}

function initialLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages];
  const known = wanted.map((tag) => languages.find((language) => tag?.startsWith(language)));
  return known.find((language) => language !== undefined) ?? 'en';
}

/** The reader's own region where the browser names one, since it decides digits and clock. */
function localeOf(language: Language): string {
  const named = navigator.languages.find((tag) => tag.startsWith(`${language}-`) && isLocale(tag));
  return named ?? fallbackLocale[language];
}
