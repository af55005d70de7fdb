import type { ChannelName } from '../domain/channel.ts';
import { identityKey } from '../domain/contact.ts';
import type { Identity } from '../domain/contact.ts';
import type { ChannelAccountId, ContactId, OrganizationId } from '../domain/id.ts';
import type { Unreachable } from '../domain/reachability.ts';
import { readTogether } from './joined-reads.ts';
import { aliasKey, contactKey, optOutKey, unreachableKey } from './keys/contacts.ts';
import { getItems } from './table.ts';

/** Whom a message is for. */
export interface Recipient {
  organizationId: OrganizationId;
  accountId: ChannelAccountId;
  channel: ChannelName;
  contactId: ContactId;
  identities: Identity[];
}

/** The identity that a contact was first known by, when this one is only an alias of it: as `resolveAlias`, for those who ask for many. */
export async function firstKnownBy(organization: OrganizationId, identity: Identity): Promise<Identity | undefined> {
  const [item] = await readTogether([aliasKey(organization, identity)]);
  return item?.['first'] as Identity | undefined;
}

/**
 * Why someone must not be written to, if they must not. `no_marketing` is the weakest reason: told only when there is no other. A contact
 * that was merged into another is asked about as that one.
 */
export async function whyUnreachable(recipient: Recipient): Promise<Unreachable | undefined> {
  const { organizationId, accountId, channel, contactId, identities } = recipient;
  const contact = contactKey(organizationId, contactId);
  const found = await readTogether([
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
