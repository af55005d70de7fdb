import * as z from 'zod/mini';
import { consumedByOne } from '../capacity/meter.ts';
import { validation } from '../errors.ts';
import { readPlaceholders } from '../expressions/placeholders.ts';
import { checkStartKey, pageFields, parsePage, readPage, sourceOf } from '../reads/page.ts';
import { selectionOf } from '../reads/selection.ts';
import type { ByteRange } from '../storage/walk.ts';
import { EVERYTHING, walkHashes } from '../storage/walk.ts';
import { segmentStart } from '../values/order.ts';
import { operation } from './operation.ts';

const scanInput = z.object({
  ...pageFields,
  Segment: z.optional(z.int().check(z.minimum(0), z.maximum(999_999))),
  TotalSegments: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
});

export const scan = operation(scanInput, ({ engine, meter }, input) => {
  const source = sourceOf(engine, input);
  const placeholders = readPlaceholders(input, [input.FilterExpression, input.ProjectionExpression]);
  const { filter, paths } = parsePage(source, input, placeholders);
  checkStartKey(source, input.ExclusiveStartKey);
  const selection = selectionOf(source, input.Select, paths);
  const items = walkHashes(engine.db, source, segmentOf(input), input.ExclusiveStartKey);
  const page = readPage(meter, source, items, input, filter, selection);
  return { ...page, ...consumedByOne(meter, input.ReturnConsumedCapacity) };
});

/** The part of the hash space a worker of a parallel scan reads. */
function segmentOf({ Segment, TotalSegments }: z.infer<typeof scanInput>): ByteRange {
  if (Segment === undefined && TotalSegments === undefined) return EVERYTHING;
  if (TotalSegments === undefined)
    throw validation(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  if (Segment === undefined)
    throw validation(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  if (Segment >= TotalSegments)
    throw validation(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
  return { from: segmentStart(Segment, TotalSegments), to: segmentStart(Segment + 1, TotalSegments) };
}
