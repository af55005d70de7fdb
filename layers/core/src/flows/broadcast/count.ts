import type { Broadcast, Tally } from '../../domain/broadcast.ts';
import { broadcastRow } from '../../domain/broadcast-row.ts';
import type { BroadcastId, OrganizationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import type { Row } from '../../domain/rows.ts';
import { isUnknown, statusOf } from '../../domain/status.ts';
import { broadcastNews, countRecords, takeBeat } from '../../store/broadcast-counters.ts';
import { findBroadcast } from '../../store/broadcasts.ts';
import { signMedia } from '../../store/media-bucket.ts';
import type { ChangeOf, TableChange } from '../../store/stream-records.ts';
import type { News } from '../project/push.ts';

/** Clients are told so often how a broadcast does; when it is started, stopped or done, or nothing is under way, they are told at once. */
const TELL_EVERY_MS = 1_000;

/** Counts what became of the messages of broadcasts, once per batch and broadcast, and answers what clients are to be told of them. */
export async function projectBroadcasts(organization: OrganizationId, changes: TableChange[]): Promise<News[]> {
  const messages = Map.groupBy(
    changes.filter((change) => change.kind === 'message'),
    ({ after }) => after.broadcastId,
  );
  messages.delete(undefined);
  const turned = changes.filter((change) => change.kind === 'broadcast');
  const ids = new Set([...messages.keys(), ...turned.map(({ after }) => after.id)]);
  const news: News[] = [];
  for (const id of ids as Set<BroadcastId>) {
    await countMessages(organization, id, messages.get(id) ?? []);
    const hasTurned = turned.some(({ before, after }) => after.id === id && after.status !== before?.status);
    const row = await rowToTell(organization, id, hasTurned);
    if (row) news.push({ change: { type: 'broadcast.updated', broadcastId: id }, row });
  }
  return news;
}

async function countMessages(
  organization: OrganizationId,
  id: BroadcastId,
  changes: ChangeOf<'message'>[],
): Promise<void> {
  const counts = changes.map(({ position, before, after }) => ({ position, change: changeOf(before, after) }));
  const moved = counts.filter(({ change }) => Object.keys(change).length > 0);
  if (moved.length > 0) await countRecords(organization, id, moved);
}

/** A message leaves one count and joins another. */
function changeOf(before: Message | undefined, after: Message): Partial<Tally> {
  const from = before && countOf(before);
  const to = countOf(after);
  if (from === to) return {};
  return { ...(from === undefined ? {} : { [from]: -1 }), [to]: 1 };
}

function countOf({ progress }: Message): keyof Tally {
  return isUnknown(progress) ? 'unknown' : (statusOf(progress).toLowerCase() as keyof Tally);
}

async function rowToTell(organization: OrganizationId, id: BroadcastId, atOnce: boolean): Promise<Row | undefined> {
  const now = Date.now();
  const news = await broadcastNews(organization, id, now);
  const isTime = await takeBeat(organization, id, { tally: news.tally, now, everyMs: TELL_EVERY_MS });
  // with none under way there may be no next change to tell it with
  const isLast = news.tally.pending === 0;
  if (!isTime && !atOnce && !isLast) return undefined;
  const broadcast = await findBroadcast(organization, id);
  return broadcast && broadcastRow(broadcast, news, signMedia);
}

/** A broadcast as its row says, with how its messages stand now. */
export async function currentRow(broadcast: Broadcast): Promise<Row> {
  const news = await broadcastNews(broadcast.organizationId, broadcast.id, Date.now());
  return broadcastRow(broadcast, news, signMedia);
}
