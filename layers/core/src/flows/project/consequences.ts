import { manifestOf } from '../../channels/manifests.ts';
import type { ChannelName } from '../../domain/channel.ts';
import type { Conversation } from '../../domain/conversation.ts';
import type { ConversationId, MessageId, OrganizationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import type { ProjectedConversation } from '../../store/conversation-item.ts';
import type { TableChange } from '../../store/stream-records.ts';
import type { News } from './push.ts';

/**
 * What follows from some changes and not from most. Each is loaded when the first change comes that it may follow from, so that the projection of
 * everyday messages starts without it.
 */

/** The person behind a new conversation, or one of whom the provider now says more, becomes known. */
export async function introduce(next: Conversation, known: Conversation | undefined): Promise<void> {
  if (known && sayTheSame(next, known)) return;
  await (await import('../receive/introduce.ts')).introduce(next, known);
}

/** What came under a number that a known person has now goes over to their conversation, and is told of there. Answers what is gone from here. */
export async function bringStraysHome(
  created: { after: Message }[],
  known: Map<ConversationId, ProjectedConversation>,
): Promise<Set<MessageId>> {
  const doubtful = created
    .map(({ after }) => after)
    .filter(({ channel, conversationId }) => mayHaveMoved(channel, known.get(conversationId)));
  const gone = new Set<MessageId>();
  if (doubtful.length === 0) return gone;
  const { bringStrayHome } = await import('../receive/moved-number.ts');
  for (const message of doubtful) if (await bringStrayHome(message)) gone.add(message.id);
  return gone;
}

/** A conversation that was begun just while its number moved. */
export async function takeOverNew(message: Message): Promise<void> {
  if (mayHaveMoved(message.channel, undefined)) await (await import('../receive/moved-number.ts')).takeOverNew(message);
}

/** A conversation that goes on is with whom it was, unless they gave up its number. */
function mayHaveMoved(channel: ChannelName, known: ProjectedConversation | undefined): boolean {
  return manifestOf(channel).numbersMove === true && (known === undefined || known.isLeft === true);
}

/** The files of what was taken back go. */
export async function forgetFiles(changes: TableChange[]): Promise<void> {
  const takenBack = changes.filter(
    (change) => change.kind === 'message' && change.before && change.before.deletedAt !== change.after.deletedAt,
  );
  if (takenBack.length === 0) return;
  const { forgetFiles: forget } = await import('../media/forget.ts');
  await forget(takenBack.filter((change) => change.kind === 'message'));
}

/** What was held until the customer wrote again goes on. */
export async function releaseHeld(conversations: ProjectedConversation[], created: Message[]): Promise<void> {
  if (!conversations.some(({ hasHeld }) => hasHeld)) return;
  await (await import('../deliver/held.ts')).releaseHeld(conversations, created);
}

/** What waited for an account goes on, and clients hear of the account. */
export async function projectAccounts(changes: TableChange[]): Promise<News[]> {
  if (!changes.some(({ kind }) => kind === 'account')) return [];
  return (await import('../accounts/project.ts')).projectAccounts(changes);
}

/** The messages of broadcasts are counted, and clients hear of the broadcasts. */
export async function projectBroadcasts(organization: OrganizationId, changes: TableChange[]): Promise<News[]> {
  if (!changes.some(isOfBroadcast)) return [];
  return (await import('../broadcast/count.ts')).projectBroadcasts(organization, changes);
}

function isOfBroadcast(change: TableChange): boolean {
  return change.kind === 'broadcast' || (change.kind === 'message' && change.after.broadcastId !== undefined);
}

function sayTheSame({ counterparty: one }: Conversation, { counterparty: other }: Conversation): boolean {
  return one.name === other.name && JSON.stringify(one.identities) === JSON.stringify(other.identities);
}
