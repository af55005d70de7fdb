import type { Channel, Verdict } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { Message } from '../../domain/message.ts';
import { referenceOf } from '../../domain/reference.ts';
import { findAnswered } from './thread.ts';
import { apply } from '../receive/receive.ts';
import type { Answered } from '../../channels/contract.ts';

/**
 * Applies a bounce or a complaint. False when it is about no message that this account sent: anyone can write that an address is gone,
 * but only who got our mail can say which.
 */
export async function applyReport(
  channel: Channel,
  account: ChannelAccount,
  { about, verdicts }: { about: Answered[]; verdicts: Verdict[] },
): Promise<boolean> {
  const target = await findAnswered(account, about);
  if (target?.message.direction !== 'OUTBOUND') return false;
  for (const verdict of verdicts) await applyVerdict(channel, account, target, verdict);
  return true;
}

async function applyVerdict(
  channel: Channel,
  account: ChannelAccount,
  { message, attempt }: { message: Message; attempt: number },
  verdict: Verdict,
): Promise<void> {
  const { address, status, error, detail, unreachable } = verdict;
  const main = message.counterparty.identities.find(({ kind }) => kind === 'email')?.value;
  const isCopy = message.body.type === 'email' && address !== undefined && (message.body.cc ?? []).includes(address);
  if (status !== undefined && !isCopy) {
    const reference = referenceOf({ id: message.id, attempt });
    const providerMessageId = message.providerMessageId ?? message.id;
    const reason = { ...(error === undefined ? {} : { error }), ...(detail === undefined ? {} : { detail }) };
    await apply(channel, { kind: 'status', providerMessageId, status, reference, ...reason }, account);
  }
  // a server may have passed the mail on to another address before it came back: it is the one we know that can't be reached
  const value = isCopy ? address : main;
  const isSoft = status === 'FAILED' && !isCopy && unreachable === undefined;
  // seldom: loaded when a mail comes back
  const why = isSoft ? await (await import('./soft-bounce.ts')).afterSoftBounce(message, verdict) : unreachable;
  if (why === undefined || value === undefined) return;
  const counterparty = { identities: [{ kind: 'email', value }] as [{ kind: string; value: string }] };
  await apply(channel, { kind: 'reachability', counterparty, reachable: false, why }, account);
}
