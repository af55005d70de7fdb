import type { Activity } from '../domain/account-health.ts';
import { compact } from '../domain/compact.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { ACTIVITY_PREFIX, activityKey } from './keys/accounts.ts';
import { getItem, queryAll, updateItem } from './table.ts';
import type { Item } from './attributes.ts';

/** What has gone through an account since it was last written down. */
export interface Traffic {
  lastInboundAt?: number;
  lastOutboundAt?: number;
  lastReceiptAt?: number;
  sentSinceReceipt: number;
  sent: number;
  failed: number;
}

/** Counts of one hour and of the one before it. */
interface ActivityItem {
  in?: number;
  out?: number;
  receipt?: number;
  silent?: number;
  hour: number;
  sent: number;
  failed: number;
  sentBefore: number;
  failedBefore: number;
  upd: number;
}

const HOUR_MS = 3_600_000;
const NOTHING: Activity = { sentSinceReceipt: 0, sent: 0, failed: 0 };

/** What went through an account; when it was last written down comes along (ms, 0: never). */
export async function findActivity(
  organization: OrganizationId,
  id: ChannelAccountId,
): Promise<Activity & { writtenAt: number }> {
  const item = await getItem(activityKey(organization, id));
  return item ? { ...toActivity(item, Date.now()), writtenAt: Number(item['upd']) } : { ...NOTHING, writtenAt: 0 };
}

/** Of every account of an organization that has had any. */
export async function listActivity(organization: OrganizationId): Promise<Map<ChannelAccountId, Activity>> {
  const all = new Map<ChannelAccountId, Activity>();
  for await (const item of queryAll({ partition: organization, prefix: ACTIVITY_PREFIX }))
    all.set(String(item['sk']).slice(ACTIVITY_PREFIX.length) as ChannelAccountId, toActivity(item, Date.now()));
  return all;
}

/** Adds to what went through an account. One write, and in the first of an hour one more. */
export async function addActivity(
  organization: OrganizationId,
  id: ChannelAccountId,
  traffic: Traffic,
  now: number,
): Promise<void> {
  const hour = Math.floor(now / HOUR_MS);
  if (await add(organization, id, traffic, now, hour)) return;
  await turnHour(organization, id, hour);
  await add(organization, id, traffic, now, hour);
}

async function add(
  organization: OrganizationId,
  id: ChannelAccountId,
  traffic: Traffic,
  now: number,
  hour: number,
): Promise<boolean> {
  const { lastInboundAt, lastOutboundAt, lastReceiptAt, sentSinceReceipt, sent, failed } = traffic;
  const heard = lastReceiptAt !== undefined;
  const written = await updateItem(activityKey(organization, id), {
    set: {
      in: lastInboundAt,
      out: lastOutboundAt,
      receipt: lastReceiptAt,
      upd: now,
      ...(heard ? { silent: sentSinceReceipt } : {}),
    },
    add: { sent, failed, ...(heard ? {} : { silent: sentSinceReceipt }) },
    when: '#hour = :hour',
    values: { hour },
  });
  return written.ok;
}

/** Begins a new hour's counts, once. */
async function turnHour(organization: OrganizationId, id: ChannelAccountId, hour: number): Promise<void> {
  const key = activityKey(organization, id);
  const item = (await getItem(key, { consistent: true })) as Partial<ActivityItem> | undefined;
  const last = item?.hour === hour - 1;
  await updateItem(key, {
    set: {
      hour,
      sentBefore: last ? (item.sent ?? 0) : 0,
      failedBefore: last ? (item.failed ?? 0) : 0,
      sent: 0,
      failed: 0,
    },
    when: 'attribute_not_exists(#hour) OR #hour < :hour',
  });
}

function toActivity(raw: Item, now: number): Activity {
  const item = raw as unknown as ActivityItem;
  const age = Math.floor(now / HOUR_MS) - item.hour;
  const count = (current: number, before: number) => (age > 1 ? 0 : age === 1 ? current : current + before);
  return {
    sentSinceReceipt: item.silent ?? 0,
    sent: count(item.sent, item.sentBefore),
    failed: count(item.failed, item.failedBefore),
    ...compact({
      lastInboundAt: item.in,
      lastOutboundAt: item.out,
      lastReceiptAt: item.receipt,
    }),
  };
}
