import type { Channel } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { unreachableWords } from '../../domain/reachability.ts';
import type { Unreachable } from '../../domain/reachability.ts';
import { lookAhead } from '../deliver/window.ts';
import { whyUnwilling } from '../opt-outs/unwilling.ts';
import { findNamed, targetOf } from './find-target.ts';
import type { Target } from './find-target.ts';
import type { Look } from './look.ts';
import type { SendRequest } from './request.ts';

/** What conversations are looked at with. `ahead`: the window of whom is found is asked for next. */
interface Looking {
  look: Look;
  ahead?: boolean;
}

/**
 * Finds whom a send names: by address, by conversation, or by contact. An address is almost always what its person was first known by: what is to be known of
 * that person is read by the same call as whether it is, and again where it is not.
 */
export async function findTarget(
  channel: Channel,
  account: ChannelAccount,
  request: SendRequest,
  looking: Looking,
): Promise<Result<Target>> {
  const identity = request.to === undefined ? undefined : channel.recipient(request.to);
  const likely = identity && targetOf(account, identity);
  const [target, asked] = await Promise.all([
    findNamed(channel, account, request, looking.look),
    likely && askOf(channel, account, likely, request, looking),
  ]);
  if (!target.ok) return target;
  const isLikely = likely !== undefined && whoIs(likely) === whoIs(target.value);
  const why = isLikely ? asked : await askOf(channel, account, target.value, request, looking);
  if (why === undefined) return target;
  return refuse(422, why, `'to': ${unreachableWords(why, channel.manifest.label)}`, { details: 'to' });
}

/** Someone who asked us to stop, blocked the account, or is gone is not written to: the provider would refuse, or the person would mind. */
async function askOf(
  channel: Channel,
  account: ChannelAccount,
  { conversationId, contactId, counterparty }: Target,
  { body, options, scheduledAt, scheduledLocal }: SendRequest,
  { look, ahead }: Looking,
): Promise<Unreachable | undefined> {
  const leavesNow = ahead && scheduledAt === undefined && scheduledLocal === undefined;
  const [why] = await Promise.all([
    whyUnwilling(account, { contactId, identities: counterparty.identities, body }),
    leavesNow && lookAhead(channel, { conversationId, body, options }, look),
  ]);
  return why;
}

function whoIs({ contactId, counterparty }: Target): string {
  return JSON.stringify([contactId, counterparty.identities]);
}
