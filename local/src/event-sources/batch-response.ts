import * as z from 'zod/mini';

const responseSchema = z.object({
  batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string().check(z.minLength(1)) }))),
});

/**
 * The items that a function reports as failed. An empty answer is no failure; an answer of another form, or with an item
 * that was not in the batch, is a failure of all of them.
 * Rules: docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html and services-sqs-errorhandling.html
 */
export function failedItems(payload: unknown, items: readonly string[]): ReadonlySet<string> {
  if (payload === null || payload === '') return new Set();
  const response = responseSchema.safeParse(payload);
  if (!response.success) return new Set(items);
  const failed = (response.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return new Set(failed.every((item) => items.includes(item)) ? failed : items);
}
