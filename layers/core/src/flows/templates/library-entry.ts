import * as v from 'valibot';
import { items } from '../../domain/fields.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { nameOf, replaceEntry } from '../../store/library.ts';
import type { Entry, Shelf } from '../../store/library.ts';
import { channelField } from '../channel-field.ts';

/** Channels as a caller names them; null for all of them. */
export const channels = v.nullable(items(channelField, 1));

export function taken(field: string, name: string): { ok: false; problem: Problem } {
  return refuse(409, '23505', `'${field}': there is another '${name}' already`, { details: field });
}

/** An entry, and what a change makes of it. */
export interface EntryChange<S extends Shelf> {
  before: Entry<S>;
  entry: Entry<S>;
}

/** Puts changed entries in the place of what they were. One name for several changes none of them. */
export async function replaceEntries<S extends Shelf>(
  shelf: S,
  changes: EntryChange<S>[],
): Promise<Result<Entry<S>[]>> {
  const [first] = changes;
  const names = new Set(changes.map(({ entry }) => nameOf(entry)));
  if (first && names.size < changes.length) return takenBy(first.entry);
  for (const { before, entry } of changes) {
    const written = await replaceEntry(shelf, before, entry);
    if (written !== 'replaced') return written === 'taken' ? takenBy(entry) : gone();
  }
  return ok(changes.map(({ entry }) => entry));
}

function takenBy(entry: Entry): { ok: false; problem: Problem } {
  return 'shortcut' in entry ? taken('shortcut', entry.shortcut) : taken('name', entry.name);
}

function gone(): { ok: false; problem: Problem } {
  return refuse(404, 'not_found', 'It was deleted a moment ago');
}
