import { projectOnto } from '../capacity/units.ts';
import { invalidParameter, validation } from '../errors.ts';
import type { Path } from '../expressions/paths.ts';
import { project } from '../expressions/projection.ts';
import type { StoredItem } from '../storage/rows.ts';
import type { Source } from '../storage/walk.ts';
import { projectedNames } from '../tables/table.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/types.ts';

export type Select = 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';

/** What a Query or Scan sees of each item, and what it returns of it. */
export type Selection = {
  countOnly: boolean;
  /** Whether a local index goes back to the table for what it does not hold; that costs a read of the item each time. */
  fetches: boolean;
  /** The item as the source holds it, for filters, with the size that counts. */
  view(stored: StoredItem): StoredItem;
  shape(item: Item): Item;
};

/** Checks `Select` and the projection against each other and the source. */
export function selectionOf(source: Source, select: Select | undefined, paths: Path[] | undefined): Selection {
  checkSelect(source, select, paths);
  const missing = missingNames(source, select, paths);
  if (missing && source.index?.scope === 'global') throw notProjected(source, missing);
  const fetches = missing !== undefined;
  return {
    countOnly: select === 'COUNT',
    fetches,
    view: (stored) => viewOf(source, stored),
    shape: (item) => (paths ? project(item, paths) : item),
  };
}

function viewOf({ table, index }: Source, stored: StoredItem): StoredItem {
  if (!index || index.projection.type === 'ALL') return stored;
  const item = projectOnto(table, index, stored.item);
  return { item, size: itemSize(item) };
}

function checkSelect({ index }: Source, select: Select | undefined, paths: Path[] | undefined): void {
  if (paths && select && select !== 'SPECIFIC_ATTRIBUTES')
    throw validation(
      `Cannot specify the ProjectionExpression when choosing to get ${select === 'COUNT' ? 'only the Count' : select}`,
    );
  if (!paths && select === 'SPECIFIC_ATTRIBUTES')
    throw validation(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  if (!index && select === 'ALL_PROJECTED_ATTRIBUTES')
    throw validation('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
}

/** What the request wants of an index that the index does not hold: names, or everything. */
function missingNames(
  { table, index }: Source,
  select: Select | undefined,
  paths: Path[] | undefined,
): string[] | 'everything' | undefined {
  const held = index && projectedNames(table, index);
  if (!held) return undefined;
  if (select === 'ALL_ATTRIBUTES') return 'everything';
  const missing = (paths ?? []).map(([name]) => String(name)).filter((name) => !held.has(name));
  return missing.length > 0 ? missing : undefined;
}

function notProjected({ index }: Source, missing: string[] | 'everything'): Error {
  if (missing === 'everything')
    return invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index?.name} ` +
        'because its projection type is not ALL',
    );
  return invalidParameter(`Global secondary index ${index?.name} does not project [${missing.join(', ')}]`);
}
