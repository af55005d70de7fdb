import type { ChannelAccountId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { addActivity, findActivity } from '../../store/account-activity.ts';
import type { Traffic } from '../../store/account-activity.ts';
import type { TableChange } from '../../store/stream-records.ts';
import { inParallel } from '../parallel.ts';

type MessageChange = Extract<TableChange, { kind: 'message' }>;

/** What goes through an account is written down this often at most. */
const EVERY_MS = 60_000;

/** Of each account: what this execution environment has not written down yet, and when there was last a write, by whomever. */
const pending = new Map<ChannelAccountId, { traffic: Traffic; writtenAt: number; sample: Message }>();

/**
 * Keeps account of what goes through each account: one write a minute and account, however many messages. What comes after a
 * write waits in memory for the next one, so a time may be a minute behind, and an environment that ends takes a minute's counts with it.
 */
export async function noteActivity(changes: TableChange[], now: number): Promise<void> {
  const messages = changes.filter((change): change is MessageChange => change.kind === 'message' && !change.after.past);
  const byAccount = Map.groupBy(messages, ({ after }) => after.channelAccountId);
  await inParallel([...byAccount], ([id, own]) => note(id, own, now));
}

async function note(id: ChannelAccountId, changes: MessageChange[], now: number): Promise<void> {
  const sample = (changes[0] as MessageChange).after;
  const before = pending.get(id) ?? { traffic: { sentSinceReceipt: 0, sent: 0, failed: 0 }, writtenAt: 0, sample };
  const traffic = changes.reduce(count, before.traffic);
  const entry = { ...before, traffic };
  pending.set(id, entry);
  if (!hasAny(traffic) || before.writtenAt + EVERY_MS > now) return;
  const { writtenAt } = await findActivity(sample.organizationId, id);
  entry.writtenAt = writtenAt;
  if (writtenAt + EVERY_MS > now) return;
  await addActivity(sample.organizationId, id, traffic, now);
  pending.set(id, { traffic: { sentSinceReceipt: 0, sent: 0, failed: 0 }, writtenAt: now, sample });
}

function count(traffic: Traffic, { before, after }: MessageChange): Traffic {
  if (before === undefined && after.direction === 'INBOUND') return { ...traffic, lastInboundAt: after.storedAt };
  if (after.direction === 'INBOUND') return traffic;
  const is = (step: 'sent' | 'failed') => after.progress[step] !== undefined && before?.progress[step] === undefined;
  const arrived = arrivalOf(after);
  const heard = arrived !== undefined && (before === undefined || arrivalOf(before) === undefined);
  const sent = is('sent') ? { ...traffic, sent: traffic.sent + 1, lastOutboundAt: after.updatedAt } : traffic;
  const failed = is('failed') ? { ...sent, failed: sent.failed + 1 } : sent;
  if (heard) return { ...failed, lastReceiptAt: arrived, sentSinceReceipt: 0 };
  return is('sent') ? { ...failed, sentSinceReceipt: failed.sentSinceReceipt + 1 } : failed;
}

function arrivalOf({ progress }: Message): number | undefined {
  return (progress.delivered ?? progress.read)?.at;
}

function hasAny({ lastInboundAt, lastReceiptAt, sent, failed }: Traffic): boolean {
  return lastInboundAt !== undefined || lastReceiptAt !== undefined || sent > 0 || failed > 0;
}
