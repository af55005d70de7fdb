import * as z from 'zod/mini';
import type { Path } from '../expressions/paths.ts';
import { project } from '../expressions/projection.ts';
import type { Item } from '../values/types.ts';
import type { Outcome } from '../writes/write.ts';

export const oldOnlyField = {
  ReturnValues: z.optional(z.enum(['NONE', 'ALL_OLD'])),
};

export const returnValuesField = {
  ReturnValues: z.optional(z.enum(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'])),
};

type ReturnValues = 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';

/** The `Attributes` of a put or a delete. */
export function oldAttributes(asked: ReturnValues | undefined, { before }: Outcome): object {
  return asked === 'ALL_OLD' && before ? { Attributes: before.item } : {};
}

/** The `Attributes` of an update; `paths` are what it touched. */
export function updateAttributes(asked: ReturnValues | undefined, outcome: Outcome, paths: Path[]): object {
  const item = asked?.endsWith('OLD') ? outcome.before?.item : outcome.after?.item;
  if (!item || asked === undefined || asked === 'NONE') return {};
  if (asked.startsWith('ALL')) return { Attributes: item };
  return touched(project(item, paths));
}

function touched(attributes: Item): object {
  return Object.keys(attributes).length > 0 ? { Attributes: attributes } : {};
}
