import type { DynamoDbError } from '../errors.ts';
import { validation } from '../errors.ts';
import type { Table } from '../tables/table.ts';
import { keyNames } from '../tables/table.ts';
import type { AttributeValue, Item } from '../values/types.ts';
import { attribute } from '../values/types.ts';

/** Where a value is: an attribute's name, then map keys (strings) and list indexes (numbers). Never empty. */
export type Path = (string | number)[];

/** The value at a path, or undefined when the item has nothing there. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const step of path) value = value && child(value, step);
  return value;
}

export function child(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value ? attribute(value.M, step) : undefined;
}

export function samePath(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((step, at) => step === right[at]);
}

/** As error messages show a path: `[a, b, [0]]`. */
export function formatPath(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

/** Refuses two paths where one lies inside the other, or that disagree about what is a list. */
export function refuseOverlaps(paths: Path[], error: (message: string) => DynamoDbError): void {
  paths.forEach((path, at) => {
    for (const earlier of paths.slice(0, at)) {
      const relation = relate(earlier, path);
      if (relation)
        throw error(
          `Two document paths ${relation} with each other; must remove or rewrite one of these paths; ` +
            `path one: ${formatPath(earlier)}, path two: ${formatPath(path)}`,
        );
    }
  });
}

/** Refuses a path into a key: keys are scalars. */
export function refuseNestedKeys(table: Table, paths: Path[]): void {
  const keys = new Set([table.keys, ...table.indexes.map((index) => index.keys)].flatMap(keyNames));
  const nested = paths.find((path) => path.length > 1 && keys.has(String(path[0])));
  if (nested)
    throw validation(
      `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: ${nested[0]}`,
    );
}

function relate(left: Path, right: Path): 'overlap' | 'conflict' | undefined {
  const shared = Math.min(left.length, right.length);
  const parting = left.findIndex((step, at) => at >= shared || step !== right[at]);
  if (parting === -1 || parting >= shared) return 'overlap';
  return typeof left[parting] === typeof right[parting] ? undefined : 'conflict';
}
