import type { ChannelName } from '../domain/channel.ts';
import { compact } from '../domain/compact.ts';
import type { Identity } from '../domain/contact.ts';
import type { ChannelAccountId, ContactId, MessageId, OrganizationId } from '../domain/id.ts';
import type { Lifted, OptOut, OptOutSource } from '../domain/opt-out.ts';
import type { Unreachable } from '../domain/reachability.ts';
import type { Key } from './keys/key.ts';
import { updateItem } from './table.ts';
import type { Item } from './attributes.ts';

/** That someone must not or can't be written to, as it is stored. */
export interface UnreachableItem {
  pk: string;
  sk: string;
  why: Unreachable;
  at: number;
  source?: OptOutSource;
  channel?: ChannelName;
  account?: ChannelAccountId;
  contact?: ContactId;
  identity?: Identity;
  message?: MessageId;
  reason?: string;
  lifted?: Lifted;
}

export function toOptOut(organizationId: OrganizationId, raw: Item): OptOut {
  const item = raw as unknown as UnreachableItem;
  return {
    id: item.sk,
    organizationId,
    why: item.why,
    at: item.at,
    source: item.source ?? 'provider',
    ...compact({
      channel: item.channel,
      channelAccountId: item.account,
      contactId: item.contact,
      identity: item.identity,
      messageId: item.message,
      reason: item.reason,
      lifted: item.lifted,
    }),
  };
}

/** Ends it, and keeps who did and why. Undefined: it is not there, was ended before, or is newer than this. */
export async function lift(organization: OrganizationId, key: Key, lifted: Lifted): Promise<OptOut | undefined> {
  const written = await updateItem(key, {
    set: { lifted },
    when: 'attribute_exists(#pk) AND attribute_not_exists(#lifted) AND #at <= :now',
    values: { now: lifted.at },
  });
  return written.ok ? toOptOut(organization, written.item) : undefined;
}
