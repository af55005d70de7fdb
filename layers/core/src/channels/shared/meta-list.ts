import * as v from 'valibot';
import type { Asked } from '../contract.ts';
import { maybe, object, readAs } from './read.ts';

const text = maybe(v.string());

/** One answer of a list. */
export const page = object({
  data: v.array(v.unknown()),
  paging: maybe(object({ next: text, cursors: maybe(object({ after: text })) })),
});

/** Of 100 each; a list that has no end is a mistake. */
const MOST_PAGES = 60;

/** All members of a list, answer by answer; those that the schema does not take are left out. `ask` adds its query to the question's own. */
export async function listAll<const T extends v.GenericSchema>(
  ask: (query: Record<string, string>) => Promise<Asked<v.InferOutput<typeof page>>>,
  member: T,
): Promise<Asked<v.InferOutput<T>[]>> {
  const all: v.InferOutput<T>[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const asked = await ask({ limit: '100', ...(after !== undefined && { after }) });
    if (!asked.ok) return asked;
    all.push(...asked.value.data.flatMap((one) => readAs(member, one) ?? []));
    after = asked.value.paging?.next === undefined ? undefined : asked.value.paging.cursors?.after;
    if (after === undefined) break;
  }
  return { ok: true, value: all };
}
