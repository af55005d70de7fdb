import type { ChannelName } from '../domain/channel.ts';
import { identityKey } from '../domain/contact.ts';
import type { Identity } from '../domain/contact.ts';
import type { ChannelAccountId, ContactId, OrganizationId } from '../domain/id.ts';
import type { Lifted, OptOut, OptOutSource } from '../domain/opt-out.ts';
import type { Unreachable } from '../domain/reachability.ts';
import { unreachableKey } from './keys/contacts.ts';
import type { Key } from './keys/key.ts';
import { lift } from './opt-out-item.ts';
import { deleteItem, getItem, putItem } from './table.ts';

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
  const key = keyOf(the);
  const current = await getItem(key);
  return current?.['why'] === the.why ? lift(the.organizationId, key, lifted) : undefined;
}

function keyOf({ organizationId, accountId, identity }: Omit<UnreachableIdentity, 'at' | 'channel'>): Key {
  return unreachableKey(organizationId, accountId, identityKey(identity));
}
