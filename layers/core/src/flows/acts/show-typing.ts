import { compact } from '../../domain/compact.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { act } from './act.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';
import { conversationOf, newestInbound } from './mark-read.ts';

/** Shows the customer that an agent is writing, for the few seconds that the channel keeps it up. Where a channel has no such thing nothing happens. */
export async function showTyping(
  load: LoadChannel,
  principal: Principal,
  body: Record<string, unknown>,
): Promise<Result<undefined>> {
  const conversation = await conversationOf(principal, body);
  if (!conversation.ok) return conversation;
  const { id, channel: name, channelAccountId, counterparty } = conversation.value;
  const channel = await load(name);
  if (!(await channel.capabilities()).actions.includes('typing')) return ok(undefined);
  const newest = await newestInbound(principal.organizationId, id);
  return act(channel, principal, channelAccountId, {
    kind: 'typing',
    to: counterparty,
    ...compact({ providerMessageId: newest }),
  });
}
