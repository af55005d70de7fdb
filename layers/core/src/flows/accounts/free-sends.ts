import type { ChannelAccountId } from '../../domain/id.ts';
import { learntPace } from '../../domain/learnt-rate.ts';
import type { AccountPace } from '../../domain/pace.ts';
import { setting } from '../../store/environment.ts';
import { rushOf } from '../../store/pace.ts';

/** After a rush of so long ago an account is quiet again. */
const QUIET_AFTER_MS = 5000;

const WINDOW_MS = 1000;
const MOST_ACCOUNTS = 1000;

/** When each quiet account's last free messages went from this execution environment. */
const sent = new Map<ChannelAccountId, number[]>();

/**
 * Whether a message may go without taking a moment, so that quiet accounts pay no write for their pace: each of the senders that there can be has an equal
 * part of a second's messages free, which together are no more than the rate. Whoever needs more takes moments, and then, within a second, so
 * does everybody.
 */
export async function isFree(account: ChannelAccountId, pace: AccountPace): Promise<boolean> {
  if (freeOf(pace) < 1) return false;
  const { takenUntil, slowdown } = await rushOf(account);
  const now = Date.now();
  const free = freeOf(learntPace(pace, slowdown, now));
  if (takenUntil > now - QUIET_AFTER_MS) return false;
  const recent = (sent.get(account) ?? []).filter((at) => at > now - WINDOW_MS);
  if (recent.length >= free) return false;
  if (sent.size >= MOST_ACCOUNTS) sent.clear();
  sent.set(account, [...recent, now]);
  return true;
}

/** Messages per second. None where each message counts, by the day or for its distance from the one before. */
function freeOf({ perSecond = 0, dailyLimit, minDelayMs, maxDelayMs }: AccountPace): number {
  if ((dailyLimit ?? minDelayMs ?? maxDelayMs) !== undefined) return 0;
  return Math.floor(Math.ceil(perSecond) / Number(setting('SENDERS')));
}
