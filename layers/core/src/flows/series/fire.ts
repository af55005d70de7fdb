import { CLOCK_TOLERANCE_MS } from '../../domain/clock.ts';
import type { OrganizationId, SeriesId } from '../../domain/id.ts';
import type { Result } from '../../domain/problem.ts';
import { turnOf } from '../../domain/series.ts';
import type { PastOccurrence, Series, Turn } from '../../domain/series.ts';
import { movedOn } from '../../domain/series-changes.ts';
import { changeSeries, findSeries, storeOccurrence } from '../../store/series.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { prepare } from '../send/send.ts';
import { parseSendRequest } from '../send/request.ts';
import { keepLinks } from '../send/shorten.ts';
import type { Unstored } from '../send/shorten.ts';

const TRIES = 10;

/** Makes the message that a series is due for, and lets it wait for its next one. Woken twice, or too early, or for what was changed, it does nothing. */
export async function fireSeries(
  load: LoadChannel,
  { organizationId, seriesId }: { organizationId: OrganizationId; seriesId: SeriesId },
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const now = Date.now() + CLOCK_TOLERANCE_MS;
    const series = await findSeries(organizationId, seriesId);
    if (series?.next === undefined || series.next > now) return;
    if (await take(load, series, await turnOf(series, series.next - 1, now))) return;
  }
  throw new Error(`${seriesId} kept changing`);
}

/** False: someone changed the series meanwhile. */
async function take(load: LoadChannel, series: Series, turn: Turn): Promise<boolean> {
  if (turn.fires === undefined) return goOn(series, turn);
  const at = turn.fires;
  const made = await messageOf(load, series, at);
  if (!made.ok) {
    const { code, message } = made.problem;
    return goOn(series, turn, { at, outcome: 'refused', problem: { code, message } });
  }
  const message = made.value;
  const sent: PastOccurrence = { at, outcome: 'sent', messageId: message.id };
  await keepLinks(message);
  const stored = await storeOccurrence(movedOn(series, turn, sent), message);
  return stored === 'known' ? goOn(series, turn, sent) : stored === 'stored';
}

async function goOn(series: Series, turn: Turn, made?: PastOccurrence): Promise<boolean> {
  return (await changeSeries(movedOn(series, turn, made))) !== undefined;
}

/** The occurrence's message, whose id is made from the series and its time. */
async function messageOf(load: LoadChannel, series: Series, at: number): Promise<Result<Unstored>> {
  const request = parseSendRequest(series.content);
  if (!request.ok) return request;
  const { organizationId, user } = series;
  const principal = { organizationId, ...(user && { user }) };
  const origin = { at, name: `${series.id}\n${at}` };
  const kept = series.files && { kept: series.files };
  const prepared = await prepare(await load(series.channel), principal, { ...request.value, ...kept }, { origin });
  return prepared.ok ? { ok: true, value: { ...prepared.value, seriesId: series.id } } : prepared;
}
