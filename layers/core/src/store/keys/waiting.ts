import type { BroadcastId, ChannelAccountId, ConversationId, MessageId, OrganizationId } from '../../domain/id.ts';
import type { Key } from './key.ts';

/** What messages wait for: that their account can send again, their broadcast goes on, or their customer writes. */
export type WaitingList = ChannelAccountId | BroadcastId | ConversationId;

export function waitingPartition(organization: OrganizationId, list: WaitingList): string {
  return `${organization}#waiting#${list}`;
}

/** An accepted message that waits. */
export function waitingKey(organization: OrganizationId, list: WaitingList, id: MessageId): Key {
  return { pk: waitingPartition(organization, list), sk: id };
}
