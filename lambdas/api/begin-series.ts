import type { Channel } from '@parley/core/channels/contract.ts';
import { ok } from '@parley/core/domain/problem.ts';
import type { Series } from '@parley/core/domain/series.ts';
import { seriesRow } from '@parley/core/domain/series-row.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import type { Origin } from '@parley/core/flows/send/send.ts';
import { contentOf } from '@parley/core/flows/send/field-names.ts';
import { startSeries } from '@parley/core/flows/series/series.ts';
import type { Recurring } from '@parley/core/flows/series/series.ts';

/** Accepts a send that is to come again and again. */
export async function beginSeries(
  channel: Channel,
  principal: Principal,
  request: Recurring,
  { written, origin }: { written: unknown; origin: Origin | undefined },
) {
  const { to } = request;
  const content = { ...contentOf(Object(written)), ...(to === undefined ? {} : { to }) };
  const begun = await startSeries(channel, principal, request, { content, origin });
  return begun.ok ? ok(await answerOf(begun.value)) : begun;
}

/** No message is there yet. */
async function answerOf(series: Series) {
  const { conversationId, contactId } = series;
  return { success: true, result: null, conversationId, contactId, message: null, series: await seriesRow(series) };
}
