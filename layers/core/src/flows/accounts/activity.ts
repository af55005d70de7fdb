import type { ChannelAccountId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { addActivity, findActivity } from '../../store/account-activity.ts';
import type { Traffic } from '../../store/account-activity.ts';
import type { ChangeOf, TableChange } from '../../store/stream-records.ts';
import { inParallel } from '../parallel.ts';

/** What goes through an account is written down this often at most. */
const EVERY_MS = 60_000;

const NOTHING: Traffic = { sentSinceReceipt: 0, sent: 0, failed: 0 };

/** Of each account: what this execution environment has not written down yet, and when there was last a write, by whomever. */
const pending = new Map<ChannelAccountId, { traffic: Traffic; writtenAt: number }>();

/**
 * Keeps account of what goes through each account: one write a minute and account, however many messages. What comes after a
 * write waits in memory for the next one, so a time may be a minute behind, and an environment that ends takes a minute's counts with it.
 */
export async function noteActivity(changes: TableChange[], now: number): Promise<void> {
  const messages = changes.filter((change) => change.kind === 'message').filter(({ after }) => !after.past);
  const byAccount = Map.groupBy(messages, ({ after }) => after.channelAccountId);
  await inParallel([...byAccount], ([id, own]) => note(id, own, now));
}

async function note(id: ChannelAccountId, changes: ChangeOf<'message'>[], now: number): Promise<void> {
  const { organizationId } = (changes[0] as ChangeOf<'message'>).after;
  const before = pending.get(id) ?? { traffic: NOTHING, writtenAt: 0 };
  const traffic = changes.reduce(count, before.traffic);
  const entry = { ...before, traffic };
  pending.set(id, entry);
  if (!hasAny(traffic) || before.writtenAt + EVERY_MS > now) return;
  const { writtenAt } = await findActivity(organizationId, id);
  entry.writtenAt = writtenAt;
  if (writtenAt + EVERY_MS > now) return;
  await addActivity(organizationId, id, traffic, now);
  pending.set(id, { traffic: NOTHING, writtenAt: now });
}

function count(traffic: Traffic, { before, after }: ChangeOf<'message'>): Traffic {
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
