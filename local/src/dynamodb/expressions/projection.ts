import type { AttributeValue, Item } from '../values/types.ts';
import type { Path } from './paths.ts';
import { child, refuseOverlaps } from './paths.ts';
import type { Placeholders } from './placeholders.ts';
import { openReader } from './reader.ts';

/** Parses a ProjectionExpression into the paths it asks for. */
export function parseProjection(expression: string, placeholders: Placeholders): Path[] {
  const reader = openReader('ProjectionExpression', expression, placeholders);
  const paths = reader.commaList(() => reader.path());
  reader.expectEnd();
  refuseOverlaps(paths, reader.error);
  return paths;
}

/** Only what the paths reach. Elements picked out of a list close ranks and keep their order. */
export function project(item: Item, paths: Path[]): Item {
  const picked = pickFrom({ M: item }, paths);
  return picked && 'M' in picked ? picked.M : {};
}

/** `paths` are what is wanted inside `value`; an empty path wants all of it. */
function pickFrom(value: AttributeValue, paths: Path[]): AttributeValue | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  const picked = [...groupByStep(paths)].flatMap(([step, rest]) => {
    const inner = child(value, step);
    const part = inner && pickFrom(inner, rest);
    return part ? [[step, part] as const] : [];
  });
  if (picked.length === 0) return undefined;
  if ('L' in value) return { L: picked.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, part]) => part) };
  return { M: Object.fromEntries(picked) };
}

function groupByStep(paths: Path[]): Map<string | number, Path[]> {
  const groups = new Map<string | number, Path[]>();
  for (const [step, ...rest] of paths as [string | number, ...Path][])
    groups.set(step, [...(groups.get(step) ?? []), rest]);
  return groups;
}
