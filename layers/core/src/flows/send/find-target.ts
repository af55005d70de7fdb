import type { Channel } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import { contactIdOf, conversationIdOf } from '../../domain/id.ts';
import type { ContactId, ConversationId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findContact } from '../../store/contacts.ts';
import { findConversation } from '../../store/conversations.ts';
import { listMessages } from '../../store/messages.ts';
import { firstKnownBy } from '../../store/recipients.ts';
import type { Principal } from '../access/authenticate.ts';
import type { Look } from './look.ts';
import type { SendRequest } from './request.ts';

/** Whom a send is for. */
export interface Target {
  conversationId: ConversationId;
  contactId: ContactId;
  counterparty: Counterparty;
}

/** Whom a send names, also where they must not be written to. */
export async function findNamed(
  channel: Channel,
  account: ChannelAccount,
  request: SendRequest,
  look: Look,
): Promise<Result<Target>> {
  const named = await targetNamed(channel, account, request, look);
  return named.ok ? reachable(channel, account, named.value, look) : named;
}

async function targetNamed(
  channel: Channel,
  account: ChannelAccount,
  request: SendRequest,
  look: Look,
): Promise<Result<Target>> {
  if (request.to !== undefined) return targetAt(channel, account, request, request.to);
  if (request.conversationId !== undefined)
    return targetOfConversation(account, request, request.conversationId as ConversationId, look);
  if (request.contactId !== undefined) return targetOfContact(channel, account, request.contactId as ContactId);
  return refuse(
    400,
    'missing_field',
    `'to' is required: the recipient, unless 'conversation_id' or 'contact_id' names one`,
    { details: 'to' },
  );
}

async function targetAt(
  channel: Channel,
  account: ChannelAccount,
  request: SendRequest,
  to: string,
): Promise<Result<Target>> {
  const identity = channel.recipient(to);
  if (!identity) {
    return refuse(422, 'invalid_recipient', `'to': this is not a recipient on ${channel.manifest.label}`, {
      details: 'to',
      ...(channel.manifest.address === 'phone'
        ? { hint: 'A phone number in international form: + and 7 to 15 digits.' }
        : {}),
    });
  }
  const target = targetOf(account, identity, request.contactName, await firstKnownBy(account.organizationId, identity));
  if (request.conversationId !== undefined && request.conversationId !== target.conversationId)
    return contradiction('conversation_id', 'to');
  return (await isContact(account, request, target.contactId)) ? ok(target) : contradiction('contact_id', 'to');
}

function contradiction(field: string, other: string) {
  return refuse(400, 'contradiction', `'${field}' and '${other}' name different recipients`, {
    details: field,
    hint: 'Give one of the two.',
  });
}

/** Whether the request names this contact, if it names any: by its id, or by one that it had before two became one. */
async function isContact(
  { organizationId }: ChannelAccount,
  { contactId }: SendRequest,
  found: ContactId,
): Promise<boolean> {
  if (contactId === undefined || contactId === found) return true;
  const named = await findContact(organizationId, contactId as ContactId);
  return named !== undefined && named.id === ((await findContact(organizationId, found))?.id ?? found);
}

/** Whom an address leads to. `first`: the identity that the person was first known by, where this is another. */
export function targetOf(
  account: ChannelAccount,
  identity: Identity,
  name?: string,
  first: Identity = identity,
): Target {
  const key = identityKey(first);
  return {
    conversationId: conversationIdOf(account.id, key),
    contactId: contactIdOf(account.organizationId, key),
    counterparty: name === undefined ? { identities: [identity] } : { identities: [identity], name },
  };
}

async function targetOfConversation(
  account: ChannelAccount,
  request: SendRequest,
  id: ConversationId,
  look: Look,
): Promise<Result<Target>> {
  const thread = await findThread(account, id, look);
  if (!thread || thread.channelAccountId !== account.id) {
    return refuse(404, 'no_conversation', `'conversation_id' names no conversation of this account`, {
      details: 'conversation_id',
    });
  }
  const { contactId, counterparty } = thread;
  if (!(await isContact(account, request, contactId))) return contradiction('contact_id', 'conversation_id');
  return ok({ conversationId: id, contactId, counterparty });
}

/** A conversation as its summary has it, or, while that is still being written, as its newest message does. */
export async function findThread(
  { organizationId }: Pick<Principal, 'organizationId'>,
  id: ConversationId,
  look: Look,
) {
  const conversation = (await look(id)) ?? (await findConversation(organizationId, id));
  return conversation ?? (await listMessages(organizationId, id, { newestFirst: true, limit: 1 })).messages[0];
}

async function targetOfContact(channel: Channel, account: ChannelAccount, id: ContactId): Promise<Result<Target>> {
  const contact = await findContact(account.organizationId, id);
  if (!contact)
    return refuse(404, 'no_contact', `'contact_id' names no contact of this organization`, { details: 'contact_id' });
  const identity = contact.identities.find(({ kind }) => kind === channel.manifest.address);
  if (identity) return ok({ ...targetOf(account, identity, contact.name), contactId: contact.id });
  return refuse(422, 'no_address', `'contact_id': this contact has no ${channel.manifest.label} address`, {
    details: 'contact_id',
  });
}

/** Where only a customer can begin, a conversation says more of where to send than the address that led to it. */
async function reachable(
  channel: Channel,
  account: ChannelAccount,
  target: Target,
  look: Look,
): Promise<Result<Target>> {
  if (!channel.manifest.customerWritesFirst) return ok(target);
  const thread = await findThread(account, target.conversationId, look);
  if (thread) return ok({ ...target, counterparty: thread.counterparty });
  return refuse(422, 'customer_writes_first', `'to': this customer has not written to '${account.name}' yet`, {
    details: 'to',
    hint: `On ${channel.manifest.label} the customer writes first.`,
  });
}
