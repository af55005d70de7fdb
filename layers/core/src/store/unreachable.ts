import type { ChannelName } from '../domain/channel.ts';
import { identityKey } from '../domain/contact.ts';
import type { Identity } from '../domain/contact.ts';
import type { ChannelAccountId, ContactId, OrganizationId } from '../domain/id.ts';
import type { Lifted, OptOut, OptOutSource } from '../domain/opt-out.ts';
import type { Unreachable } from '../domain/reachability.ts';
import { contactKey, optOutKey, unreachableKey } from './keys.ts';
import type { Key } from './keys.ts';
import { lift } from './opt-out-item.ts';
import { deleteItem, getItem, getItems, putItem } from './table.ts';

/** That an account can't write to someone, or that they do not want all of what it writes. */
export interface UnreachableIdentity {
  organizationId: OrganizationId;
  accountId: ChannelAccountId;
  channel: ChannelName;
  identity: Identity;
  contactId?: ContactId;
  why: Exclude<Unreachable, 'opted_out'>;
  at: number;
}

/** Whom a message is for. */
export interface Recipient {
  organizationId: OrganizationId;
  accountId: ChannelAccountId;
  channel: ChannelName;
  contactId: ContactId;
  identities: Identity[];
}

export async function saveUnreachable(the: UnreachableIdentity): Promise<void> {
  const { why, at, channel, accountId, contactId, identity } = the;
  await putItem(keyOf(the), {
    why,
    at,
    channel,
    identity,
    source: 'provider' satisfies OptOutSource,
    account: accountId,
    contact: contactId,
  });
}

/** Someone who blocked us and one whose address is gone come back by different ways: only the same reason is forgotten. */
export async function forgetUnreachable(the: UnreachableIdentity): Promise<void> {
  await deleteItem(keyOf(the), { when: '#why = :why', values: { why: the.why } });
}

/** Ends that an account can't write to someone, as far as that is known for this reason. */
export async function liftUnreachable(
  the: Omit<UnreachableIdentity, 'at' | 'channel'>,
  lifted: Lifted,
): Promise<OptOut | undefined> {
  const { organizationId, accountId, identity, why } = the;
  const key = unreachableKey(organizationId, accountId, identityKey(identity));
  const current = await getItem(key);
  return current?.['why'] === why ? lift(organizationId, key, lifted) : undefined;
}

/**
 * Why someone must not be written to, if they must not. `no_marketing` is the weakest reason: told only when there is no other. A contact
 * that was merged into another is asked about as that one.
 */
export async function whyUnreachable(recipient: Recipient): Promise<Unreachable | undefined> {
  const { organizationId, accountId, channel, contactId, identities } = recipient;
  const contact = contactKey(organizationId, contactId);
  const found = await getItems([
    optOutKey(organizationId, contactId, channel),
    ...identities.map((identity) => unreachableKey(organizationId, accountId, identityKey(identity))),
    contact,
  ]);
  const into = found.find(({ pk }) => pk === contact.pk)?.['into'] as ContactId | undefined;
  if (into !== undefined) return whyUnreachable({ ...recipient, contactId: into });
  const reasons = found.filter((item) => item['why'] !== undefined && item['lifted'] === undefined);
  const reason = reasons.find((item) => item['why'] !== 'no_marketing') ?? reasons[0];
  return reason?.['why'] as Unreachable | undefined;
}

/**
 * How many of these must not be written to at all, as far as it is known by their addresses: who was merged into another contact counts by their
 * own wishes only. `identity` is an identity's key.
 */
export async function countUnreachable(
  { organizationId, accountId, channel }: Pick<Recipient, 'organizationId' | 'accountId' | 'channel'>,
  who: { identity: string; contactId: ContactId }[],
): Promise<number> {
  const keysOf = ({ identity, contactId }: { identity: string; contactId: ContactId }) => [
    optOutKey(organizationId, contactId, channel),
    unreachableKey(organizationId, accountId, identity),
  ];
  const found = await getItems(who.flatMap(keysOf));
  const stopped = found.filter((item) => item['why'] !== 'no_marketing' && item['lifted'] === undefined);
  const named = new Set(stopped.map(({ sk }) => sk));
  return who.filter((one) => keysOf(one).some(({ sk }) => named.has(sk))).length;
}

function keyOf({ organizationId, accountId, identity }: UnreachableIdentity): Key {
  return unreachableKey(organizationId, accountId, identityKey(identity));
}
