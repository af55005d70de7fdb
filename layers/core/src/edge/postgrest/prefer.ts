import type { Result } from './problem.ts';
import { refuse } from './problem.ts';

/** What a `Prefer` header asks for. */
export interface Preferences {
  return?: 'minimal' | 'representation' | 'headers-only';
  resolution?: 'merge-duplicates' | 'ignore-duplicates';
  count?: 'exact' | 'planned' | 'estimated';
  missing?: 'default' | 'null';
  handling?: 'strict' | 'lenient';
  /** the most rows a write may change; counts only with handling=strict */
  maxAffected?: number;
}

const meanings = new Map<string, Preferences>([
  ['return=minimal', { return: 'minimal' }],
  ['return=representation', { return: 'representation' }],
  ['return=headers-only', { return: 'headers-only' }],
  ['resolution=merge-duplicates', { resolution: 'merge-duplicates' }],
  ['resolution=ignore-duplicates', { resolution: 'ignore-duplicates' }],
  ['count=exact', { count: 'exact' }],
  ['count=planned', { count: 'planned' }],
  ['count=estimated', { count: 'estimated' }],
  ['missing=default', { missing: 'default' }],
  ['missing=null', { missing: 'null' }],
  ['handling=strict', { handling: 'strict' }],
  ['handling=lenient', { handling: 'lenient' }],
]);

/**
 * Reads `Prefer`. Set twice, the first counts. Unknown preferences are ignored, with handling=strict they are PGRST122.
 * https://docs.postgrest.org/en/stable/references/api/preferences.html
 */
export function parsePrefer(header: string | undefined): Result<Preferences> {
  const wishes = (header ?? '').split(',').map((wish) => wish.trim());
  const preferences: Preferences = Object.assign({}, ...wishes.toReversed().map(meaningOf));
  const unknown = wishes.filter((wish) => wish !== '' && !meaningOf(wish));
  if (preferences.handling !== 'strict' || unknown.length === 0) return { ok: true, value: preferences };
  return refuse('PGRST122', 'Invalid preferences given with handling=strict', {
    details: `Invalid preferences: ${unknown.join(', ')}`,
  });
}

/** The value of `Preference-Applied`, undefined when nothing was applied. Pass only what the answer honours. */
export function preferenceApplied({ maxAffected, ...words }: Preferences): string | undefined {
  const applied = Object.entries(words).map(([name, value]) => `${name}=${value}`);
  if (maxAffected !== undefined && words.handling === 'strict') applied.push(`max-affected=${maxAffected}`);
  return applied.length > 0 ? applied.join(', ') : undefined;
}

function meaningOf(wish: string): Preferences | undefined {
  const rows = /^max-affected=(\d{1,9})$/.exec(wish)?.[1];
  return rows === undefined ? meanings.get(wish) : { maxAffected: Number(rows) };
}
