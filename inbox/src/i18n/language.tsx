import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { languages, type Dictionary, type Language } from './dictionary.ts';
import { createFormat, isLocale, type Format } from './format.ts';

interface Words {
  language: Language;
  text: Dictionary;
  format: Format;
  choose: (language: Language) => void;
}

/** A reader has one language: its words are loaded, and the other's when it is chosen. */
const dictionaries: Record<Language, () => Promise<Dictionary>> = {
  en: async () => (await import('./en.ts')).english,
  ar: async () => (await import('./ar.ts')).arabic,
};

const storageKey = 'parley.language';
const fallbackLocale: Record<Language, string> = { en: 'en-GB', ar: 'ar-EG' };
const WordsContext = createContext<Words | null>(null);

interface Spoken {
  language: Language;
  text: Dictionary;
}

/** Gives everything below the chosen language, and tells the document about it. Shows nothing until its words are there. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [spoken, setSpoken] = useState<Spoken | null>(null);
  useEffect(() => void speak(initialLanguage()).then(setSpoken), []);
  useEffect(() => {
    if (!spoken) return;
    document.documentElement.lang = spoken.language;
    document.documentElement.dir = spoken.text.direction;
  }, [spoken]);
  const words = useMemo(() => {
    if (!spoken) return null;
    return { ...spoken, format: createFormat(localeOf(spoken.language), spoken.text), choose };
    function choose(next: Language): void {
      localStorage.setItem(storageKey, next);
      void speak(next).then(setSpoken);
    }
  }, [spoken]);
  return words && <WordsContext value={words}>{children}</WordsContext>;
}

async function speak(language: Language): Promise<Spoken> {
  return { language, text: await dictionaries[language]() };
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
