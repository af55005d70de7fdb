import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { parseReference } from '../../domain/reference.ts';
import type { Attempt } from '../../domain/reference.ts';
import { stepOf } from '../../domain/status.ts';
import type { Mark } from '../../domain/status.ts';
import { markMessage } from '../../store/messages.ts';
import { findByProviderId, parkStatus } from '../../store/provider-messages.ts';

type StatusEvent = Extract<InboundEvent, { kind: 'status' }>;

/**
 * Joins a status into its message. Where the provider gives our reference back that is one write; otherwise the message is found by the provider's id,
 * and a status that comes before the answer to our send waits there until it is (the provider may be quicker than its own reply).
 */
export async function receiveStatus(event: StatusEvent, account: ChannelAccount): Promise<void> {
  const mark = markOf(event);
  const referenced = event.reference === undefined ? undefined : parseReference(event.reference);
  const target = referenced ?? (await findByProviderId(account.id, event.providerMessageId)).target;
  if (target && (await apply(event, account, target, mark)) !== 'missing') return;
  const meanwhile = await parkStatus(account.id, event.providerMessageId, { step: stepOf(event.status), mark });
  if (meanwhile && !target) await apply(event, account, meanwhile, mark);
}

function apply(event: StatusEvent, account: ChannelAccount, target: Attempt, mark: Mark) {
  const { status, providerMessageId } = event;
  return markMessage(account.organizationId, target, stepOf(status), mark, { providerMessageId });
}

function markOf(event: StatusEvent): Mark {
  return {
    at: Date.now(),
    ...compact({ providerAt: event.providerAt, detail: event.detail, error: event.error }),
  };
}
