import type { ChannelAccount } from '../../domain/channel-account.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Identity } from '../../domain/contact.ts';
import { contactIdOf, conversationIdOf, parseMessageId } from '../../domain/id.ts';
import type { ConversationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { previewOf } from '../../domain/summary.ts';
import { kindOf } from '../../domain/conversation.ts';
import { findMove } from '../../store/aliases.ts';
import { dropConversation, findConversation, leaveConversation } from '../../store/conversations.ts';
import { messagePages } from '../../store/message-pages.ts';
import { listMessages } from '../../store/messages.ts';
import { moveMessage } from '../../store/moved-messages.ts';
import { mergePeople } from './merge-people.ts';
import { dueOf } from './message.ts';

/** An account, and whose it is. */
type Owner = Pick<ChannelAccount, 'id' | 'organizationId'>;

/** WhatsApp may tell of a new number only when something was written under it. Nobody else had the number so shortly before: numbers that are given up rest for months. */
const TOLD_LATE_MS = 86_400_000;
const PAGE = 100;

/**
 * What was written under a number before we heard whose it is now goes over to that person's conversation. What somebody else wrote under it, in their
 * time, stays where it is.
 */
export async function takeOver(
  account: Owner,
  number: Identity,
  { first, since }: { first: Identity; since: number },
): Promise<void> {
  const { organizationId, id } = account;
  const stray = conversationIdOf(id, identityKey(number));
  if (!(await findConversation(organizationId, stray))) return;
  for (const message of await writtenSince(organizationId, stray, since)) await bringHome(message, first);
  const { messages } = await listMessages(organizationId, stray, { newestFirst: true, limit: PAGE });
  const [newest] = messages;
  if (newest)
    return leaveConversation(organizationId, stray, {
      lastMessageAt: newest.storedAt,
      preview: previewOf(newest.body),
      kind: kindOf(newest),
    });
  await dropConversation(organizationId, stray);
  await mergePeople(organizationId, number, first);
}

/** Takes a new message over, if its sender took this number in place of another. True: it is gone from here. */
export async function bringStrayHome(message: Message): Promise<boolean> {
  const number = keyOf(message);
  const move = number && (await findMove(message.organizationId, number));
  if (!move || identityKey(move.first) === identityKey(number) || !isOfMove(message, move.since)) return false;
  await bringHome(message, move.first);
  return true;
}

/** The same for a whole conversation that was begun while the move was being told: whoever writes second, this or the move, finds the other. */
export async function takeOverNew(message: Message): Promise<void> {
  const number = keyOf(message);
  const move = number && (await findMove(message.organizationId, number));
  if (!move || identityKey(move.first) === identityKey(number)) return;
  await takeOver({ id: message.channelAccountId, organizationId: message.organizationId }, number, move);
}

/** The identity that keys a message's conversation. */
function keyOf({ channelAccountId, conversationId, counterparty }: Message): Identity | undefined {
  return counterparty.identities.find(
    (identity) => conversationIdOf(channelAccountId, identityKey(identity)) === conversationId,
  );
}

/** What is still on its way to the number leaves from where it is. */
function isOfMove({ id, direction, progress }: Message, since: number): boolean {
  const hasLeft = progress.sent ?? progress.delivered ?? progress.read;
  return (parseMessageId(id)?.at ?? 0) >= since - TOLD_LATE_MS && (direction === 'INBOUND' || hasLeft !== undefined);
}

function bringHome(message: Message, first: Identity): Promise<void> {
  const key = identityKey(first);
  return moveMessage(message, {
    conversationId: conversationIdOf(message.channelAccountId, key),
    contactId: contactIdOf(message.organizationId, key),
    due: dueOf(message),
  });
}

async function writtenSince(
  organization: ChannelAccount['organizationId'],
  conversation: ConversationId,
  since: number,
): Promise<Message[]> {
  const found: Message[] = [];
  const reading = { newestFirst: false, limit: PAGE, from: since - TOLD_LATE_MS };
  for await (const page of messagePages(organization, conversation, reading))
    found.push(...page.filter((message) => isOfMove(message, since)));
  return found;
}
