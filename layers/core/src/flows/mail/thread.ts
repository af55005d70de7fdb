import type { Answered, ReadMail, ReturnPath } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { conversationIdOf } from '../../domain/id.ts';
import type { ConversationId } from '../../domain/id.ts';
import { topicOf } from '../../domain/mail-subject.ts';
import type { Message } from '../../domain/message.ts';
import { parseReference } from '../../domain/reference.ts';
import type { Attempt } from '../../domain/reference.ts';
import { findMessage, listMessages } from '../../store/messages.ts';
import { findByProviderId } from '../../store/provider-messages.ts';

type MessageMail = Extract<ReadMail, { kind: 'message' }>;

/** How long an answer that says no more than its subject may take. */
const MOST_AGE_MS = 14 * 24 * 3600_000;
const LOOKED_AT = 20;

/**
 * Where a mail belongs. A conversation is a person's, by the address they write from. Who answers a message of ours, or the address
 * made for a conversation, from another address is that person there. A subject joins nobody: it only says which message of the same
 * person is answered, when nothing else does.
 */
export async function placeMail(account: ChannelAccount, mail: MessageMail): Promise<MessageMail['event']> {
  const { event } = mail;
  const answered = await findAnswered(account, mail.direct);
  const joined =
    answered?.message.direction === 'OUTBOUND' ? answered.message.counterparty : await ownerOf(account, mail);
  const counterparty = joined ? asPartOf(joined, event.counterparty) : event.counterparty;
  const conversation = conversationIdOf(account.id, identityKey(counterparty.identities[0]));
  const replyTo = await repliedTo(account, conversation, mail, answered?.message);
  return { ...event, counterparty, ...compact({ replyTo }) };
}

/** The first of these that is a message of this account. */
export async function findAnswered(
  account: ChannelAccount,
  answers: Answered[],
): Promise<{ message: Message; attempt: number } | undefined> {
  for (const answer of answers) {
    const target = await targetOf(account, answer);
    const message = target && (await findMessage(account.organizationId, target.id, { consistent: true }));
    if (target && message?.channelAccountId === account.id) return { message, attempt: target.attempt };
  }
  return undefined;
}

async function targetOf(account: ChannelAccount, answer: Answered): Promise<Attempt | undefined> {
  if ('reference' in answer) return parseReference(answer.reference);
  if ('returnPath' in answer) return sentWith(account, answer.returnPath);
  return (await findByProviderId(account.id, answer.providerMessageId)).target;
}

/** A return path has no room for a whole id: the message is the one of its conversation that begins so. */
async function sentWith(
  { organizationId }: ChannelAccount,
  { conversation, start, attempt }: ReturnPath,
): Promise<Attempt | undefined> {
  const at = Number.parseInt(start.slice(0, 12), 16);
  const range = { newestFirst: false, limit: LOOKED_AT, from: at, to: at };
  const { messages } = await listMessages(organizationId, conversation, range);
  const found = messages.find(({ id }) => id.replaceAll('-', '').startsWith(`msg_${start}`));
  return found && { id: found.id, attempt };
}

async function ownerOf(account: ChannelAccount, { conversation }: MessageMail): Promise<Counterparty | undefined> {
  if (conversation === undefined) return undefined;
  const { messages } = await listMessages(account.organizationId, conversation, { newestFirst: true, limit: 1 });
  return messages[0]?.channelAccountId === account.id ? messages[0].counterparty : undefined;
}

/** The address that the conversation is known by stays the first; theirs is a further one of the same person. */
function asPartOf({ identities: [first], name }: Counterparty, writer: Counterparty): Counterparty {
  const [own] = writer.identities;
  if (identityKey(own) === identityKey(first)) return writer;
  return { identities: [first, own], ...compact({ name }) };
}

async function repliedTo(
  account: ChannelAccount,
  conversation: ConversationId,
  { earlier, topic }: MessageMail,
  direct: Message | undefined,
): Promise<string | undefined> {
  if (direct) return direct.conversationId === conversation ? direct.providerMessageId : undefined;
  const before = (await findAnswered(account, earlier))?.message;
  if (before?.conversationId === conversation) return before.providerMessageId;
  return topic === undefined ? undefined : aboutTheSame(account, conversation, topic);
}

async function aboutTheSame(
  account: ChannelAccount,
  conversation: ConversationId,
  topic: string,
): Promise<string | undefined> {
  const range = { newestFirst: true, limit: LOOKED_AT, from: Date.now() - MOST_AGE_MS };
  const { messages } = await listMessages(account.organizationId, conversation, range);
  return messages.find(({ body }) => body.type === 'email' && topicOf(body.subject) === topic)?.providerMessageId;
}
