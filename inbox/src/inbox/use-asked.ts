import { useEffect, useState } from 'react';
import type { Result } from '../api/http.ts';
import { useDesk } from './desk-context.ts';
import type { Desk } from '../sync/desk.ts';

const KEEP_MS = 60_000;

interface Answer<T> {
  at: number;
  rows: Promise<T[]>;
}

/** Rows that hardly change, asked for when they are first wanted and kept for a minute; empty until they are known. */
export function createAsked<T>(ask: (desk: Desk, key: string) => Promise<Result<T[]>>) {
  const known = new WeakMap<Desk, Map<string, Answer<T>>>();

  async function read(desk: Desk, key: string): Promise<T[]> {
    const answer = await ask(desk, key);
    if (!answer.ok) known.get(desk)?.delete(key);
    return answer.ok ? answer.value : [];
  }

  function rowsOf(desk: Desk, key: string): Promise<T[]> {
    const answers = known.get(desk) ?? new Map<string, Answer<T>>();
    known.set(desk, answers);
    const kept = answers.get(key);
    if (kept && kept.at > Date.now() - KEEP_MS) return kept.rows;
    const rows = read(desk, key);
    answers.set(key, { at: Date.now(), rows });
    return rows;
  }

  return function useAsked(key: string, wanted: boolean): T[] {
    const desk = useDesk();
    const [rows, setRows] = useState<T[]>([]);
    useEffect(() => {
      let current = wanted;
      if (wanted) void rowsOf(desk, key).then((found) => current && setRows(found));
      return () => {
        current = false;
      };
    }, [desk, key, wanted]);
    return rows;
  };
}
