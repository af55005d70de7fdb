import type { ChannelName } from '../domain/channel.ts';
import { compact } from '../domain/compact.ts';
import type { Identity } from '../domain/contact.ts';
import { identityKey } from '../domain/contact.ts';
import type { ChannelAccountId, ContactId, MessageId, OrganizationId } from '../domain/id.ts';
import type { Lifted, OptOut, OptOutSource } from '../domain/opt-out.ts';
import { optOutKey, unreachableKey, unreachablePartition } from './keys/contacts.ts';
import { lift, toOptOut } from './opt-out-item.ts';
import type { UnreachableItem } from './opt-out-item.ts';
import { deleteItem, getItem, getItems, putItem, queryAll } from './table.ts';

/** That a contact asked for no more messages on a channel, whatever the account. Times in ms. */
export interface ContactOptOut {
  organizationId: OrganizationId;
  contactId: ContactId;
  channel: ChannelName;
  source: OptOutSource;
  accountId?: ChannelAccountId | undefined;
  messageId?: MessageId | undefined;
  reason?: string | undefined;
  at: number;
}

/** `again`: this very request, done again. `known`: they had asked before; `outdated`: it was lifted since. */
export type OptOutSaved = 'saved' | 'again' | 'known' | 'outdated';

/** Keeps that a contact wants no more, unless that is known, or was lifted after it was asked for. */
export async function saveOptOut(the: ContactOptOut): Promise<OptOutSaved> {
  const { organizationId, contactId, channel, source, accountId, messageId, reason, at } = the;
  const item = {
    why: 'opted_out',
    at,
    source,
    channel,
    account: accountId,
    contact: contactId,
    message: messageId,
    reason,
  };
  const written = await putItem(optOutKey(organizationId, contactId, channel), item, {
    when: 'attribute_not_exists(#pk) OR #lifted.#at <= :at',
    values: { at },
  });
  if (written.ok) return 'saved';
  const current = written.current as unknown as UnreachableItem;
  if (current.lifted) return 'outdated';
  return messageId !== undefined && current.message === messageId ? 'again' : 'known';
}

/** Ends it, and keeps who did and why. Undefined: they had not asked, or asked later than this. */
export async function liftOptOut(
  { organizationId, contactId, channel }: Pick<ContactOptOut, 'organizationId' | 'contactId' | 'channel'>,
  lifted: Lifted,
): Promise<OptOut | undefined> {
  return lift(organizationId, optOutKey(organizationId, contactId, channel), lifted);
}

/** What a contact asked for on a channel, lifted or not. */
export async function findOptOut(
  organization: OrganizationId,
  contactId: ContactId,
  channel: ChannelName,
): Promise<OptOut | undefined> {
  const item = await getItem(optOutKey(organization, contactId, channel), { consistent: true });
  return item && toOptOut(organization, item);
}

/** Everyone who must not or can't be written to, by id. `from`: begins at this id. */
export async function* listOptOuts(organization: OrganizationId, from?: string): AsyncGenerator<OptOut> {
  const partition = unreachablePartition(organization);
  for await (const item of queryAll({ partition, ...compact({ from }) })) yield toOptOut(organization, item);
}

/** What is known of one contact, whose identities are these, by id. */
export async function optOutsOf(
  organization: OrganizationId,
  { id, identities }: { id: ContactId; identities: Identity[] },
  accounts: ChannelAccountId[],
): Promise<OptOut[]> {
  const keys = accounts.flatMap((account) =>
    identities.map((identity) => unreachableKey(organization, account, identityKey(identity))),
  );
  const items = await getItems(keys);
  for await (const item of queryAll({ partition: unreachablePartition(organization), prefix: `${id}#` }))
    items.push(item);
  return items.map((item) => toOptOut(organization, item)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Two contacts turn out to be one person, who wants no more on a channel if either of them does. */
export async function carryOptOuts(organization: OrganizationId, from: ContactId, into: ContactId): Promise<void> {
  for await (const raw of queryAll({ partition: unreachablePartition(organization), prefix: `${from}#` })) {
    const item = raw as unknown as UnreachableItem;
    if (item.lifted || item.channel === undefined) continue;
    await saveOptOut({
      organizationId: organization,
      contactId: into,
      channel: item.channel,
      source: item.source ?? 'message',
      accountId: item.account,
      messageId: item.message,
      reason: item.reason,
      at: item.at,
    });
  }
}

/** What was carried over to the contact that this one was merged into. */
export async function dropOptOuts(organization: OrganizationId, contact: ContactId): Promise<void> {
  const partition = unreachablePartition(organization);
  for await (const { pk, sk } of queryAll({ partition, prefix: `${contact}#` }))
    await deleteItem({ pk: String(pk), sk: String(sk) });
}
