import { useEffect } from 'react';
import { search } from '../sync/search.ts';
import { useDesk } from './desk-context.ts';

/** What is not loaded is looked for on the server, once the typing rests. */
export function useSearch(words: string): void {
  const desk = useDesk();
  useEffect(() => {
    const waiting = words === '' ? undefined : setTimeout(() => void search(desk, words), 200);
    return () => clearTimeout(waiting);
  }, [desk, words]);
}
