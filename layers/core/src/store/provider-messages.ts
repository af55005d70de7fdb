import type { Body } from '../domain/body.ts';
import type { MessageId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { Mark, Step } from '../domain/status.ts';
import { providerMessageKey } from './keys/conversations.ts';
import { getItem, getItems, updateItem } from './table.ts';
import type { Item } from './attributes.ts';
import type { Write } from './table.ts';

/** Providers redeliver for at most seven days (Meta); a month leaves room for receipts of old messages. */
const PROVIDER_ID_TTL_S = 30 * 24 * 3600;

/** Takes the provider's id for a message, once, with whatever else is written. An update, because what was parked under this id before must stay. */
export function takeProviderId(message: Message & { providerMessageId: string }): Write {
  return {
    key: providerMessageKey(message.channelAccountId, message.providerMessageId),
    update: {
      set: { message: message.id, attempt: message.attempt, ttl: ttl() },
      when: 'attribute_not_exists(#message)',
    },
  };
}

/** Keeps a revision that came before its message. Whoever sees the message stored looks for it. */
export async function parkRevision(
  account: Message['channelAccountId'],
  providerMessageId: string,
  revision: Revision,
): Promise<void> {
  await updateItem(providerMessageKey(account, providerMessageId), {
    set: { revision, ttl: ttl() },
    when: 'attribute_not_exists(#revision) OR #revision.#at <= :at',
    values: { at: revision.at },
  });
}

/** The revisions that came before these messages, by message. */
export async function findRevisions(
  messages: (Message & { providerMessageId: string })[],
): Promise<{ message: Message; revision: Revision }[]> {
  const keys = messages.map((message) => providerMessageKey(message.channelAccountId, message.providerMessageId));
  const items = await getItems(keys, { consistent: true });
  return items.flatMap(({ pk, revision }) => {
    const index = keys.findIndex((key) => key.pk === pk);
    const message = messages[index];
    return message && revision ? [{ message, revision: revision as Revision }] : [];
  });
}

/** The mark of a status that came before its message was known by the provider's id. */
export interface ParkedStatus {
  step: Step;
  mark: Mark;
}

/** What a message says since it was changed; null: it was taken back. */
export interface Revision {
  body: Body | null;
  /** ms, by the provider's clock where it has one */
  at: number;
}

interface ProviderMessage {
  target?: { id: MessageId; attempt: number };
  parked: ParkedStatus[];
  revision?: Revision;
}

export async function findByProviderId(
  account: Message['channelAccountId'],
  providerMessageId: string,
): Promise<ProviderMessage> {
  return providerMessage(await getItem(providerMessageKey(account, providerMessageId), { consistent: true }));
}

/** Ties the provider's id to a message; gives back the statuses that were waiting for it. One item holds both, so neither can miss the other. */
export async function linkProviderId(message: Message, providerMessageId: string): Promise<ParkedStatus[]> {
  const written = await updateItem(providerMessageKey(message.channelAccountId, providerMessageId), {
    set: { message: message.id, attempt: message.attempt, ttl: ttl() },
  });
  return written.ok ? providerMessage(written.item).parked : [];
}

/** Keeps a status until its message is known; gives back the message if it became known meanwhile. */
export async function parkStatus(
  account: Message['channelAccountId'],
  providerMessageId: string,
  status: ParkedStatus,
): Promise<ProviderMessage['target']> {
  const name = `parked_${status.step}`;
  const written = await updateItem(providerMessageKey(account, providerMessageId), {
    keep: { [name]: status, ttl: ttl() },
  });
  return written.ok ? providerMessage(written.item).target : undefined;
}

function providerMessage(item: Item | undefined): ProviderMessage {
  const parked = Object.entries(item ?? {}).flatMap(([name, value]) =>
    name.startsWith('parked_') ? [value as ParkedStatus] : [],
  );
  return {
    parked,
    ...(item?.['revision'] ? { revision: item['revision'] as Revision } : {}),
    ...(item?.['message'] ? { target: { id: item['message'] as MessageId, attempt: Number(item['attempt']) } } : {}),
  };
}

function ttl(): number {
  return Math.floor(Date.now() / 1000) + PROVIDER_ID_TTL_S;
}
