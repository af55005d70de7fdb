import { addTally, doneIn, NO_TALLY } from '../domain/broadcast.ts';
import type { BroadcastNews, Tally } from '../domain/broadcast.ts';
import { compact } from '../domain/compact.ts';
import type { BroadcastId, OrganizationId } from '../domain/id.ts';
import { ABSENT } from './expressions.ts';
import {
  BROADCAST_BEAT,
  BROADCAST_EXPORT,
  BROADCAST_NEWS_PREFIX,
  broadcastBeatKey,
  broadcastCountersKey,
  broadcastExportKey,
  broadcastPartition,
  broadcastRetryKey,
  COUNTED_PREFIX,
  countedKey,
  COUNTERS_PREFIX,
} from './keys/broadcasts.ts';
import { putItem, query, queryAll, updateItem, writeTogether } from './table.ts';
import type { Item } from './attributes.ts';

/** One record of the stream: its place there, and by how much it changes the counts. */
export interface Count {
  position: string;
  change: Partial<Tally>;
}

/** Readers of several shards of the stream write at once; spread over so many items they rarely meet. */
const SHARDS = 8;
/** The stream forgets a record after 24 hours, and with it the chance that it comes again. */
const REMEMBER_S = 25 * 3600;
/** Batches of other shards that may lie between a batch and a part of it that comes again. */
const LOOKED_AT = 50;

/**
 * Counts the records of one batch. A record that comes again, with its batch or, after an error, with a part of it, is not counted twice: which
 * records were counted is written in one transaction with the counts. A reader is not told which shard of the stream it reads, so positions are
 * compared one by one; a batch that has one of them began at or before it.
 */
export async function countRecords(organization: OrganizationId, id: BroadcastId, counts: Count[]): Promise<void> {
  const known = await positionsCounted(organization, id, counts);
  const fresh = counts.filter(({ position }) => !known.has(BigInt(position)));
  const [first] = fresh;
  if (!first) return;
  const change = fresh.reduce((sum, count) => addTally(sum, count.change), NO_TALLY);
  const shard = Number(BigInt(first.position) % BigInt(SHARDS));
  const written = await writeTogether([
    {
      key: countedKey(organization, id, first.position),
      item: { offsets: offsetsOf(fresh), ttl: Math.floor(Date.now() / 1000) + REMEMBER_S },
      condition: ABSENT,
    },
    { key: broadcastCountersKey(organization, id, shard), update: { add: change } },
  ]);
  // the answer to our own write was lost and asked for again, or the batch is being counted twice at this moment
  if (!written.ok) await countRecords(organization, id, counts);
}

/** How the messages of a broadcast stand, how fast they go, and whether its result was asked for. */
export async function broadcastNews(
  organization: OrganizationId,
  id: BroadcastId,
  now: number,
): Promise<BroadcastNews> {
  let tally = NO_TALLY;
  let samples: Sample[] = [];
  let asked: BroadcastNews['export'];
  const partition = broadcastPartition(organization, id);
  for await (const item of queryAll({ partition, prefix: BROADCAST_NEWS_PREFIX, consistent: true })) {
    if (String(item['sk']).startsWith(COUNTERS_PREFIX)) tally = addTally(tally, item);
    if (item['sk'] === BROADCAST_BEAT) samples = samplesIn(item);
    if (item['sk'] === BROADCAST_EXPORT) asked = exportIn(item);
  }
  const perMinute = rateOf(samples, { at: now, done: doneIn(tally) });
  return { tally, ...compact({ perMinute }), ...(asked ? { export: asked } : {}) };
}

/** How many messages had left at a time (ms). */
interface Sample {
  at: number;
  done: number;
}

const SAMPLE_MS = 5_000;
const RATE_OVER_MS = 60_000;

/**
 * Takes the next moment at which clients may be told of a broadcast, and notes for the rate how many messages have left by then. False: they were
 * told less than `everyMs` ago.
 */
export async function takeBeat(
  organization: OrganizationId,
  id: BroadcastId,
  { tally, now, everyMs }: { tally: Tally; now: number; everyMs: number },
): Promise<boolean> {
  const key = broadcastBeatKey(organization, id);
  const page = await query({ partition: key.pk, from: key.sk, to: key.sk, consistent: true });
  const beat = page.items[0];
  const seen = Number(beat?.['at'] ?? 0);
  if (now - seen < everyMs) return false;
  const samples = samplesAfter(beat ? samplesIn(beat) : [], { at: now, done: doneIn(tally) });
  const written = await updateItem(key, {
    set: { at: now, samples },
    when: beat ? '#at = :seen' : 'attribute_not_exists(#pk)',
    ...(beat ? { values: { seen } } : {}),
  });
  return written.ok;
}

/** Asks for the result of a broadcast as a file. */
export async function askForExport(organization: OrganizationId, id: BroadcastId, now: number): Promise<void> {
  await putItem(broadcastExportKey(organization, id), { asked: now, due: 'export' });
}

/** Asks for its messages whose outcome is unknown by now to be sent again. */
export async function askForRetry(organization: OrganizationId, id: BroadcastId, now: number): Promise<void> {
  await putItem(broadcastRetryKey(organization, id), { asked: now, due: 'retry' });
}

/** What was asked for at `asked` is done, unless it was asked for again. */
export async function finishRetry(organization: OrganizationId, id: BroadcastId, asked: number): Promise<void> {
  await updateItem(broadcastRetryKey(organization, id), {
    remove: ['due'],
    when: '#asked = :asked',
    values: { asked },
  });
}

/** The file is there that was asked for at `asked`. */
export async function finishExport(
  organization: OrganizationId,
  id: BroadcastId,
  { asked, key, now }: { asked: number; key: string; now: number },
): Promise<void> {
  await updateItem(broadcastExportKey(organization, id), {
    set: { ready: now, key },
    remove: ['due'],
    when: '#asked = :asked',
    values: { asked },
  });
}

async function positionsCounted(organization: OrganizationId, id: BroadcastId, counts: Count[]): Promise<Set<bigint>> {
  const last = counts.reduce((most, { position }) => (BigInt(position) > BigInt(most) ? position : most), '0');
  const page = await query({
    partition: broadcastPartition(organization, id),
    from: countedKey(organization, id, '').sk,
    to: countedKey(organization, id, last).sk,
    newestFirst: true,
    limit: LOOKED_AT,
    consistent: true,
  });
  return new Set(page.items.flatMap(positionsIn));
}

/** Positions of one batch lie close together: as differences they are short. */
function offsetsOf(counts: Count[]): string {
  const first = BigInt(counts[0]?.position ?? 0);
  return counts.map(({ position }) => (BigInt(position) - first).toString()).join(',');
}

function positionsIn(item: Item): bigint[] {
  const first = BigInt(String(item['sk']).slice(COUNTED_PREFIX.length));
  return String(item['offsets'])
    .split(',')
    .map((offset) => first + BigInt(offset));
}

function samplesIn(item: Item): Sample[] {
  return (item['samples'] as [number, number][]).map(([at, done]) => ({ at, done }));
}

/** One sample for every few seconds, back to where the rate is taken from. */
function samplesAfter(known: Sample[], next: Sample): [number, number][] {
  const newest = known.at(-1);
  const kept = known.filter(({ at }) => at >= next.at - RATE_OVER_MS - SAMPLE_MS);
  const all = newest && next.at - newest.at < SAMPLE_MS ? kept : [...kept, next];
  return all.map(({ at, done }) => [at, done]);
}

/** Messages per minute since the oldest sample that is not too old. */
function rateOf(samples: Sample[], now: Sample): number | undefined {
  const oldest = samples.find(({ at }) => at >= now.at - RATE_OVER_MS);
  if (!oldest || now.at - oldest.at < 1000) return undefined;
  return Math.round(((now.done - oldest.done) / (now.at - oldest.at)) * 60_000);
}

function exportIn(item: Item): NonNullable<BroadcastNews['export']> {
  const { asked, ready, key } = item as { asked: number; ready?: number; key?: string };
  return {
    askedAt: asked,
    ...compact({ readyAt: ready, key }),
  };
}
