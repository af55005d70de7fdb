import type { Channel } from '../channels/contract.ts';
import type { ChannelAccount } from '../domain/channel-account.ts';
import { identityKey } from '../domain/contact.ts';
import type { Counterparty, Identity } from '../domain/contact.ts';
import { contactIdOf, conversationIdOf, newMessageId, parseMessageId } from '../domain/id.ts';
import type { ContactId, ConversationId, MessageId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { ok, refuse } from '../domain/problem.ts';
import type { Result } from '../domain/problem.ts';
import { listAccounts, routeOf } from '../store/channel-accounts.ts';
import { findContact } from '../store/contacts.ts';
import { findConversation } from '../store/conversations.ts';
import { listMessages, storeMessage } from '../store/messages.ts';
import type { Principal } from './authenticate.ts';
import type { SendRequest } from './send-request.ts';

/** EventBridge Scheduler takes any time, but a message for later than this is a mistake in the year. */
const FARTHEST_MS = 366 * 24 * 3600 * 1000;

/**
 * Accepts one message for sending: everything that can be known to be wrong is refused here, naming the field; what is accepted is stored PENDING
 * in one write, and the stream does the rest.
 */
export async function send(channel: Channel, principal: Principal, request: SendRequest): Promise<Result<Message>> {
  const allowed = await checkOrganization(channel, principal, request);
  if (!allowed.ok) return allowed;
  const account = await chooseAccount(channel, principal, request, allowed.value);
  if (!account.ok) return account;
  const named = await findTarget(channel, account.value, request);
  const target = named.ok ? await reachable(channel, account.value, named.value) : named;
  if (!target.ok) return target;
  const problem = (await channel.check(request.body)) ?? checkTime(request.scheduledAt);
  if (problem) return { ok: false, problem };
  const reply = checkReply(request.replyToId, target.value.conversationId);
  if (!reply.ok) return reply;
  const message = toMessage(account.value, target.value, request, reply.value);
  await storeMessage(message, message.scheduledAt === undefined ? 'send' : 'schedule');
  return ok(message);
}

/** The account that a body's `suitId` names, if it names one. Tenancy comes from the credential: what the body says may only agree with it. */
async function checkOrganization(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
): Promise<Result<string | undefined>> {
  if (request.organizationId !== undefined && request.organizationId !== principal.organizationId) {
    return refuse(403, 'organization_mismatch', `'organization_id' is not the organization of this credential`, {
      details: 'organization_id',
    });
  }
  if (request.suitId === undefined) return ok(undefined);
  const route = await routeOf(channel.manifest.name, `suit:${request.suitId}`);
  if (route?.organizationId === principal.organizationId) return ok(route.accountId);
  return refuse(403, 'organization_mismatch', `'suitId' names no account of this credential's organization`, {
    details: 'suitId',
  });
}

async function chooseAccount(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  suitAccount?: string,
): Promise<Result<ChannelAccount>> {
  const { name, label } = channel.manifest;
  const accounts = (await listAccounts(principal.organizationId)).filter((account) => account.channel === name);
  const named = request.channelAccountId ?? suitAccount ?? (await accountOfConversation(principal, request));
  const account =
    named === undefined
      ? (accounts.find(({ status }) => status === 'Active') ?? accounts[0])
      : accounts.find(({ id }) => id === named);
  if (!account && named === undefined)
    return refuse(404, 'no_channel_account', `This organization has no ${label} account`);
  if (!account)
    return refuse(404, 'no_channel_account', `'channel_account_id' names no ${label} account of this organization`, {
      details: 'channel_account_id',
    });
  if (account.status === 'Active') return ok(account);
  return refuse(409, 'channel_inactive', `The ${label} account '${account.name}' is Inactive`, {
    details: account.id,
    hint: `Set its status to Active, or name another in 'channel_account_id'.`,
  });
}

async function accountOfConversation(principal: Principal, request: SendRequest): Promise<string | undefined> {
  if (request.conversationId === undefined) return undefined;
  return (await findThread(principal, request.conversationId as ConversationId))?.channelAccountId;
}

interface Target {
  conversationId: ConversationId;
  contactId: ContactId;
  counterparty: Counterparty;
}

async function findTarget(channel: Channel, account: ChannelAccount, request: SendRequest): Promise<Result<Target>> {
  if (request.to !== undefined) return targetAt(channel, account, request, request.to);
  if (request.conversationId !== undefined)
    return targetOfConversation(account, request.conversationId as ConversationId);
  if (request.contactId !== undefined) return targetOfContact(channel, account, request.contactId as ContactId);
  return refuse(
    400,
    'missing_field',
    `'to' is required: the recipient, unless 'conversation_id' or 'contact_id' names one`,
    { details: 'to' },
  );
}

function targetAt(channel: Channel, account: ChannelAccount, request: SendRequest, to: string): Result<Target> {
  const identity = channel.recipient(to);
  if (!identity) {
    return refuse(422, 'invalid_recipient', `'to': this is not a ${channel.manifest.label} recipient`, {
      details: 'to',
      ...(channel.manifest.address === 'phone'
        ? { hint: 'A phone number in international form: + and 7 to 15 digits.' }
        : {}),
    });
  }
  const target = targetOf(account, identity, request.contactName);
  if (request.conversationId !== undefined && request.conversationId !== target.conversationId)
    return contradiction('conversation_id');
  return request.contactId !== undefined && request.contactId !== target.contactId
    ? contradiction('contact_id')
    : ok(target);
}

function contradiction(field: string) {
  return refuse(400, 'contradiction', `'${field}' and 'to' name different recipients`, {
    details: field,
    hint: 'Give one of the two.',
  });
}

function targetOf(account: ChannelAccount, identity: Identity, name?: string): Target {
  const key = identityKey(identity);
  return {
    conversationId: conversationIdOf(account.id, key),
    contactId: contactIdOf(account.organizationId, key),
    counterparty: name === undefined ? { identities: [identity] } : { identities: [identity], name },
  };
}

async function targetOfConversation(account: ChannelAccount, id: ConversationId): Promise<Result<Target>> {
  const thread = await findThread(account, id);
  if (!thread || thread.channelAccountId !== account.id) {
    return refuse(404, 'no_conversation', `'conversation_id' names no conversation of this account`, {
      details: 'conversation_id',
    });
  }
  return ok({ conversationId: id, contactId: thread.contactId, counterparty: thread.counterparty });
}

/** A conversation as its summary has it, or, while that is still being written, as its newest message does. */
async function findThread({ organizationId }: Pick<Principal, 'organizationId'>, id: ConversationId) {
  const conversation = await findConversation(organizationId, id);
  return conversation ?? (await listMessages(organizationId, id, { newestFirst: true, limit: 1 })).messages[0];
}

async function targetOfContact(channel: Channel, account: ChannelAccount, id: ContactId): Promise<Result<Target>> {
  const contact = await findContact(account.organizationId, id);
  if (!contact)
    return refuse(404, 'no_contact', `'contact_id' names no contact of this organization`, { details: 'contact_id' });
  const identity = contact.identities.find(({ kind }) => kind === channel.manifest.address);
  if (identity) return ok({ ...targetOf(account, identity, contact.name), contactId: id });
  return refuse(422, 'no_address', `'contact_id': this contact has no ${channel.manifest.label} address`, {
    details: 'contact_id',
  });
}

/** Where only a customer can begin, a conversation says more of where to send than the address that led to it. */
async function reachable(channel: Channel, account: ChannelAccount, target: Target): Promise<Result<Target>> {
  if (!channel.manifest.customerWritesFirst) return ok(target);
  const thread = await findThread(account, target.conversationId);
  if (thread) return ok({ ...target, counterparty: thread.counterparty });
  return refuse(422, 'no_conversation', `'to': this customer has not written to '${account.name}' yet`, {
    details: 'to',
    hint: `On ${channel.manifest.label} the customer writes first.`,
  });
}

function checkTime(scheduledAt: number | undefined) {
  if (scheduledAt === undefined) return undefined;
  const ahead = scheduledAt - Date.now();
  const text = ahead <= 0 ? 'is in the past' : ahead > FARTHEST_MS ? 'is more than 366 days ahead' : undefined;
  return text && refuse(422, 'invalid_time', `'scheduled_at' ${text}`, { details: 'scheduled_at' }).problem;
}

function checkReply(replyToId: string | undefined, conversation: ConversationId): Result<MessageId | undefined> {
  if (replyToId === undefined || parseMessageId(replyToId)?.conversationId === conversation)
    return ok(replyToId as MessageId | undefined);
  return refuse(422, 'invalid_reply', `'reply_to' is no message of this conversation`, { details: 'reply_to' });
}

function toMessage(
  account: ChannelAccount,
  target: Target,
  request: SendRequest,
  replyToId: MessageId | undefined,
): Message {
  const now = Date.now();
  return {
    id: newMessageId(target.conversationId),
    organizationId: account.organizationId,
    channel: account.channel,
    channelAccountId: account.id,
    direction: 'OUTBOUND',
    body: request.body,
    attempt: 1,
    progress: {},
    storedAt: now,
    updatedAt: now,
    ...target,
    ...(request.clientRef === undefined ? {} : { clientRef: request.clientRef }),
    ...(replyToId === undefined ? {} : { replyToId }),
    ...(request.scheduledAt === undefined ? {} : { scheduledAt: request.scheduledAt }),
  };
}
