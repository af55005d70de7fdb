import { useCallback, useState } from 'react';
import type { Failure, Result } from '../api/http.ts';
import type { SeriesRow } from '../api/sending-rows.ts';
import { useDesk } from '../inbox/desk-context.ts';
import { useReread } from '../inbox/use-reread.ts';
import { readSeries } from '../sync/scheduled.ts';

interface SeriesList {
  /** null until they are known */
  rows: SeriesRow[] | null;
  failure: Failure | null;
  read: () => void;
  /** shows what became of one of them */
  change: (asked: Promise<Result<SeriesRow>>) => Promise<void>;
}

/** The messages that come again and again. */
export function useSeries(): SeriesList {
  const desk = useDesk();
  const [rows, setRows] = useState<SeriesRow[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const show = useCallback((answer: Result<SeriesRow[]>) => {
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setRows(answer.value);
  }, []);
  const read = useCallback(() => void readSeries(desk).then(show), [desk, show]);
  useReread(read);

  async function change(asked: Promise<Result<SeriesRow>>): Promise<void> {
    const answer = await asked;
    if (!answer.ok) return setFailure(answer.failure);
    setFailure(null);
    setRows((all) => all?.map((row) => (row.id === answer.value.id ? answer.value : row)) ?? null);
  }

  return { rows, failure, read, change };
}
