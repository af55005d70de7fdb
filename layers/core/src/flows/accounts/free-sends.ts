import type { ChannelAccountId } from '../../domain/id.ts';
import { learntPace } from '../../domain/learnt-rate.ts';
import type { AccountPace } from '../../domain/pace.ts';
import { setting } from '../../store/environment.ts';
import { rushOf } from '../../store/pace.ts';

/** After a rush of so long ago an account is quiet again. */
const QUIET_AFTER_MS = 5000;

const WINDOW_MS = 1000;
const MOST_ACCOUNTS = 1000;

/** When the last messages that took no moment went from this execution environment, by account. */
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
  if (recentOf(account, now).length >= free) return false;
  noteSent(account, now);
  return true;
}

/** Takes note of a message that takes no moment. */
export function noteSent(account: ChannelAccountId, now = Date.now()): void {
  const recent = recentOf(account, now);
  if (sent.size >= MOST_ACCOUNTS) sent.clear();
  sent.set(account, [...recent, now]);
}

/**
 * How many messages a second an account sends of which no rate is known, if each of the senders that there can be is as busy as this one, which has just met a
 * refusal: no less than it does, as a rule.
 */
export function observedRate(account: ChannelAccountId): number {
  return Math.max(1, recentOf(account, Date.now()).length) * Number(setting('SENDERS'));
}

function recentOf(account: ChannelAccountId, now: number): number[] {
  return (sent.get(account) ?? []).filter((at) => at > now - WINDOW_MS);
}

/** Messages per second. None where each message counts, by the day or for its distance from the one before. */
function freeOf({ perSecond = 0, dailyLimit, minDelayMs, maxDelayMs }: AccountPace): number {
  if ((dailyLimit ?? minDelayMs ?? maxDelayMs) !== undefined) return 0;
  return Math.floor(Math.ceil(perSecond) / Number(setting('SENDERS')));
}
