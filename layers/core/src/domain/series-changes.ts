import type { PastOccurrence, Series, Turn } from './series.ts';

/** So many of the occurrences that have gone by are kept. */
const KEPT = 20;

/** The series after its turn, with what became of the occurrence that was due. */
export function movedOn(series: Series, turn: Turn, made: PastOccurrence | undefined): Series {
  const { next } = turn;
  const passed = [...turn.passed, ...(made ? [made] : [])].toSorted((a, b) => a.at - b.at);
  return {
    ...stopped(series, 'ENDED'),
    ...(next === undefined ? {} : { status: 'ACTIVE', next }),
    done: series.done + passed.length,
    skips: series.skips.filter((at) => next !== undefined && at > next),
    past: [...series.past, ...passed].slice(-KEPT),
  };
}

/** It makes no messages; `status` says why. */
export function stopped(series: Series, status: 'PAUSED' | 'CANCELLED' | 'ENDED'): Series {
  const { next: _next, ...rest } = series;
  return { ...rest, status };
}
