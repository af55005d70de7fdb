import type { Channel } from '../../channels/contract.ts';
import { derivedMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { findMessage } from '../../store/messages.ts';
import type { Principal } from '../access/authenticate.ts';
import { findAccount } from './find-account.ts';
import { findNamed } from './find-target.ts';
import { lookingOnce } from './look.ts';
import type { SendRequest } from './request.ts';
import type { Origin } from './send.ts';

/** The message that an earlier attempt at the same request made before it broke down, whatever would be held against that request now. */
export async function madeBefore(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  { at, name }: Origin,
): Promise<Message | undefined> {
  const { organizationId } = principal;
  const look = lookingOnce(organizationId);
  const account = await findAccount(channel, principal, request, look);
  const target = account.ok ? await findNamed(channel, account.value, request, look) : account;
  if (!target.ok) return undefined;
  return findMessage(organizationId, derivedMessageId(target.value.conversationId, at, name), { consistent: true });
}
