import { parseInteger } from './literals.ts';
import type { Result } from './problem.ts';
import { refuse, unreadable } from './problem.ts';
import type { Query } from './query.ts';
import { maxRows } from './query.ts';

/** Reads `limit=`: 0 and up, more than maxRows is maxRows. */
export function parseLimit(value: string): Result<number> {
  const limit = parseInteger(value);
  if (limit === undefined) {
    return unreadable('limit', value, `"limit" is a whole number from 0 to ${maxRows}; more is read as ${maxRows}.`);
  }
  if (limit < 0) return refuse('2201W', 'LIMIT must not be negative', { details: `"limit" is 0 to ${maxRows}.` });
  return { ok: true, value: Math.min(limit, maxRows) };
}

/** Reads `offset=`: 0 and up. */
export function parseOffset(value: string): Result<number> {
  const offset = parseInteger(value);
  if (offset === undefined) return unreadable('offset', value, '"offset" is a whole number from 0 up.');
  if (offset < 0) return refuse('2201X', 'OFFSET must not be negative', { details: '"offset" is 0 or more.' });
  return { ok: true, value: offset };
}

/**
 * The query with the rows that a `Range: 0-19` header names, which overrides limit and offset. As in PostgREST a header
 * in another unit or form is ignored, and one that ends before it begins is PGRST103 (416).
 */
export function applyRange(query: Query, range?: string, unit = 'items'): Result<Query> {
  const [, first, last] = /^\s*(?:items=)?(\d{1,15})-(\d{0,15})\s*$/.exec(range ?? '') ?? [];
  if (first === undefined || unit.trim().toLowerCase() !== 'items') return { ok: true, value: query };
  const offset = Number(first);
  const limit = last ? Number(last) - offset + 1 : maxRows;
  if (limit >= 1) return { ok: true, value: { ...query, offset, limit: Math.min(limit, maxRows) } };
  return refuse('PGRST103', 'Requested range not satisfiable', {
    details: 'The lower boundary must be lower than or equal to the upper boundary in the Range header.',
  });
}
