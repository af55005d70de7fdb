import { v7 } from 'uuid';
import type { ChannelName } from '../domain/channel.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import type { Item } from './attributes.ts';
import { quarantineKey, quarantinePartition } from './keys/accounts.ts';
import type { LaterTask } from './queues.ts';
import { deleteItem, putItem, queryAll } from './table.ts';

/** What a provider sent and we could not use, kept for 30 days so that it can be understood and applied later. */
export interface Quarantined {
  reason: string;
  /** the element, or the whole body when it could not be read */
  raw: string;
  organizationId?: OrganizationId;
  accountId?: ChannelAccountId;
}

/** How what was set aside is tried again: as its webhook came, as the mail queue's entry, or as the task of what was worked on later. */
export type Again = { webhook: KeptWebhook } | { mail: object } | { later: LaterTask };

/** A webhook whose signature was good. */
export interface KeptWebhook {
  method: string;
  headers: Record<string, string>;
  query: string;
  /** base64 */
  body: string;
  /** which application signed, or which account */
  signer: string;
  organizationId?: OrganizationId;
  /** of how many elements which were set aside: where they stood, in the order of their items */
  of: number;
  at: number[];
}

/** What was set aside of one webhook, mail or task. Without `again` it is there to be looked at only. */
export interface Group {
  items: { id: string; reason: string }[];
  again?: Again;
}

const TTL_S = 30 * 24 * 3600;
/** An item may have 400 KB; a provider's element is a few. */
const MOST_CHARACTERS = 90_000;
const MOST_BYTES = 390_000;
/** The length of a UUID: items of one group begin with the same. */
const UUID = 36;

/** A phone's history may bring thousands of elements: so many are written at once. */
const AT_ONCE = 20;

/** The first item of a group has what it takes to try all of it again, if there is room for that. */
export async function quarantine(channel: ChannelName, aside: Quarantined[], again: Again): Promise<void> {
  const now = Date.now();
  const group = v7();
  const json = JSON.stringify(again);
  const writes = aside.map((element, index) => () => {
    const id = index === 0 ? group : `${group}.${String(index).padStart(6, '0')}`;
    const item = index === 0 && hasRoom(element.raw, json) ? { again: json } : {};
    return putItem(quarantineKey(channel, dayOf(now), id), { ...toItem(element, now), ...item });
  });
  for (let from = 0; from < writes.length; from += AT_ONCE)
    await Promise.all(writes.slice(from, from + AT_ONCE).map((write) => write()));
}

/** What a channel has set aside on a day (UTC) until now, the oldest first. What is set aside meanwhile is not among it. */
export async function* quarantinedOn(channel: ChannelName, day: string): AsyncGenerator<Group> {
  let group: (Group & { id: string }) | undefined;
  for await (const item of queryAll({ partition: quarantinePartition(channel, day), to: v7() })) {
    const id = String(item['sk']);
    if (group && group.id !== id.slice(0, UUID)) yield group;
    if (group?.id !== id.slice(0, UUID)) group = { id: id.slice(0, UUID), items: [], ...againIn(item['again']) };
    group.items.push({ id, reason: String(item['reason']) });
  }
  if (group) yield group;
}

/** What could be used after all. The first of a group goes last: it is what the others are tried again with. */
export async function removeQuarantined(channel: ChannelName, day: string, { items }: Group): Promise<void> {
  for (const { id } of items.toReversed()) await deleteItem(quarantineKey(channel, day, id));
}

function toItem({ reason, raw, organizationId, accountId }: Quarantined, now: number): Item {
  return {
    reason,
    raw: raw.slice(0, MOST_CHARACTERS),
    truncated: raw.length > MOST_CHARACTERS || undefined,
    organization: organizationId,
    account: accountId,
    ttl: Math.floor(now / 1000) + TTL_S,
  };
}

function hasRoom(raw: string, json: string): boolean {
  return Buffer.byteLength(raw.slice(0, MOST_CHARACTERS)) + Buffer.byteLength(json) <= MOST_BYTES;
}

function againIn(json: unknown): { again?: Again } {
  return typeof json === 'string' ? { again: JSON.parse(json) as Again } : {};
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
