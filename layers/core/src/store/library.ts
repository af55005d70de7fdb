import type { MessageTemplate, QuickReply } from '../domain/library.ts';
import type { OrganizationId } from '../domain/id.ts';
import { ABSENT } from './expressions.ts';
import { libraryKey, libraryNameKey, libraryPartition } from './keys/organization.ts';
import { plain } from './plain.ts';
import { getItem, putItem, queryAll, writeTogether } from './table.ts';
import type { Item } from './attributes.ts';
import type { Write } from './table.ts';

/** What stands on each shelf of the library. */
interface Shelves {
  templates: MessageTemplate;
  replies: QuickReply;
}

export type Shelf = keyof Shelves;
export type Entry<S extends Shelf = Shelf> = Shelves[S];

/** Adds an entry. False: another has its name. */
export async function addEntry<S extends Shelf>(shelf: S, entry: Entry<S>): Promise<boolean> {
  const written = await writeTogether([claimName(shelf, entry), { key: keyOf(shelf, entry), item: itemOf(entry) }]);
  return written.ok;
}

/** Puts an entry in the place of what it was. `taken`: another has its new name. */
export async function replaceEntry<S extends Shelf>(
  shelf: S,
  before: Entry<S>,
  entry: Entry<S>,
): Promise<'replaced' | 'taken' | 'gone'> {
  const condition = { when: 'attribute_exists(#pk)' };
  if (nameOf(before) === nameOf(entry)) {
    const written = await putItem(keyOf(shelf, entry), itemOf(entry), condition);
    return written.ok ? 'replaced' : 'gone';
  }
  const written = await writeTogether([
    claimName(shelf, entry),
    { key: keyOf(shelf, entry), item: itemOf(entry), condition },
    { key: nameKeyOf(shelf, before), remove: true },
  ]);
  if (written.ok) return 'replaced';
  return written.failed === 0 ? 'taken' : 'gone';
}

/** Takes an entry away. False: it was renamed or taken away meanwhile. */
export async function removeEntry<S extends Shelf>(shelf: S, entry: Entry<S>): Promise<boolean> {
  const own = { when: '#id = :id', values: { id: entry.id } };
  const removed = await writeTogether([
    { key: keyOf(shelf, entry), remove: true },
    { key: nameKeyOf(shelf, entry), remove: true, condition: own },
  ]);
  return removed.ok;
}

export async function findEntry<S extends Shelf>(
  shelf: S,
  organization: OrganizationId,
  id: string,
): Promise<Entry<S> | undefined> {
  const item = await getItem(libraryKey(organization, shelf, id));
  return item && entryIn(item);
}

export async function findEntryNamed<S extends Shelf>(
  shelf: S,
  organization: OrganizationId,
  name: string,
): Promise<Entry<S> | undefined> {
  const item = await getItem(libraryNameKey(organization, shelf, plain(name)));
  return item && findEntry(shelf, organization, String(item['id']));
}

/** In the order they were made. */
export async function* listEntries<S extends Shelf>(shelf: S, organization: OrganizationId): AsyncGenerator<Entry<S>> {
  for await (const item of queryAll({ partition: libraryPartition(organization), prefix: `${shelf}#` }))
    yield entryIn(item);
}

/** What an entry is called, as names are held against each other: small and large letters are one. */
export function nameOf(entry: Entry): string {
  return plain('shortcut' in entry ? entry.shortcut : entry.name);
}

function claimName<S extends Shelf>(shelf: S, entry: Entry<S>): Write {
  return {
    key: nameKeyOf(shelf, entry),
    item: { id: entry.id },
    condition: ABSENT,
  };
}

function keyOf<S extends Shelf>(shelf: S, entry: Entry<S>) {
  return libraryKey(entry.organizationId, shelf, entry.id);
}

function nameKeyOf<S extends Shelf>(shelf: S, entry: Entry<S>) {
  return libraryNameKey(entry.organizationId, shelf, nameOf(entry));
}

function itemOf(entry: Entry): Item {
  return { entry };
}

function entryIn<S extends Shelf>(item: Item): Entry<S> {
  return item['entry'] as Entry<S>;
}
