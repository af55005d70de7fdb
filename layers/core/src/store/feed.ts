import type { BroadcastId, ChannelAccountId, ConversationId, MessageId, OrganizationId } from '../domain/id.ts';
import { ABSENT } from './expressions.ts';
import { feedKey, feedPartition } from './keys/organization.ts';
import { putItem, query, queryAll } from './table.ts';

/** One thing that changed, as clients are told. */
export type Change =
  | {
      type: 'message.created' | 'message.updated' | 'conversation.updated';
      conversationId: ConversationId;
      messageId?: MessageId;
    }
  | { type: 'channel_account.updated'; accountId: ChannelAccountId }
  | { type: 'broadcast.updated'; broadcastId: BroadcastId };

/** An organization's changes of one stream batch, under the next number of its feed. */
export interface FeedEntry {
  seq: number;
  at: number;
  changes: Change[];
}

const FEED_TTL_S = 7 * 24 * 3600;
/** Where each organization's feed ended when this execution environment last looked. */
const ends = new Map<OrganizationId, { seq: number; source: string }>();

/**
 * Appends to the feed without gaps: the entry takes the next number only if nobody else has. `source` names the batch, so that a batch delivered
 * again finds its own entry and adds none. Answers the entry's number.
 */
export async function appendToFeed(
  organization: OrganizationId,
  changes: Change[],
  source: string,
  at: number,
): Promise<number> {
  for (;;) {
    const end = ends.get(organization) ?? (await readEnd(organization));
    if (end.source === source) return end.seq;
    const seq = end.seq + 1;
    const item = { at, source, changes: changes.map(toChangeItem), ttl: Math.floor(at / 1000) + FEED_TTL_S };
    const written = await putItem(feedKey(organization, seq), item, ABSENT);
    if (written.ok) ends.set(organization, { seq, source });
    else ends.delete(organization);
    if (written.ok) return seq;
  }
}

/** Entries from number `from` on, oldest or newest first. */
export async function readFeed(
  organization: OrganizationId,
  { from, limit, newestFirst = false }: { from: number; limit: number; newestFirst?: boolean },
): Promise<FeedEntry[]> {
  const { sk } = feedKey(organization, from);
  const entries: FeedEntry[] = [];
  // a page of the table ends at 1 MB too, and a client takes one that is not full for the last
  for await (const item of queryAll({ partition: feedPartition(organization), from: sk, limit, newestFirst })) {
    const changes = (item['changes'] as ChangeItem[]).map(fromChangeItem);
    entries.push({ seq: Number(item['sk']), at: Number(item['at']), changes });
    if (entries.length === limit) break;
  }
  return entries;
}

/** A feed that has expired starts again at the clock, far beyond where it ended: old cursors stay behind it. */
async function readEnd(organization: OrganizationId): Promise<{ seq: number; source: string }> {
  const page = await query({ partition: feedPartition(organization), newestFirst: true, limit: 1, consistent: true });
  const last = page.items[0];
  return last ? { seq: Number(last['sk']), source: String(last['source']) } : { seq: Date.now(), source: '' };
}

/** `c`reated and `u`pdated messages by id, changed conversations (`v`), `a`ccounts and `b`roadcasts by id: four fit in one write unit. */
type ChangeItem = `${'c' | 'u' | 'v' | 'a' | 'b'}${string}`;

function toChangeItem(change: Change): ChangeItem {
  if (change.type === 'channel_account.updated') return `a${change.accountId}`;
  if (change.type === 'broadcast.updated') return `b${change.broadcastId}`;
  if (change.type === 'conversation.updated') return `v${change.conversationId}`;
  return `${change.type === 'message.created' ? 'c' : 'u'}${change.messageId ?? ''}`;
}

function fromChangeItem(item: ChangeItem): Change {
  const id = item.slice(1);
  if (item.startsWith('b')) return { type: 'broadcast.updated', broadcastId: id as BroadcastId };
  if (item.startsWith('a')) return { type: 'channel_account.updated', accountId: id as ChannelAccountId };
  if (item.startsWith('v')) return { type: 'conversation.updated', conversationId: id as ConversationId };
  const conversationId = `conv_${id.split('_')[2] ?? ''}` as ConversationId;
  return {
    type: item.startsWith('c') ? 'message.created' : 'message.updated',
    conversationId,
    messageId: id as MessageId,
  };
}
