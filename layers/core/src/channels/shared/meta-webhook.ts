import type { Body } from '../../domain/body.ts';
import type { Identity } from '../../domain/contact.ts';
import type { Direction } from '../../domain/message.ts';
import type { Element, InboundEvent } from '../contract.ts';
import * as wire from './meta-wire.ts';
import { compact, elementOf, fieldsOf, itemsOf, readAs, type Reading } from './read.ts';
import { momentOf } from './time.ts';

/** Whom an item is about, which way it went, and when (ms). */
export interface About {
  customer: Identity;
  direction: Direction;
  at: number | undefined;
}

/** What an event's content means; more than one thing, where a message has several parts. */
export type Reader = (raw: unknown, about: About) => Reading[] | Promise<Reading[]>;

/** Events that are told beside messages and how far those got. */
export interface Others {
  /** by the member that holds the event */
  events: Record<string, Reader>;
  /** those that tell of the account, and name no customer */
  ofAccount: Record<string, (raw: unknown) => Reading[]>;
  /** events of no consequence to a message */
  ignored: readonly string[];
}

/** How one of Meta's messaging products words its webhooks. */
export interface Dialect {
  object: 'page' | 'instagram';
  identity: 'psid' | 'igsid';
  /** by the member that holds the event */
  events: Record<string, Reader>;
  /** loads when there is one */
  others: () => Promise<Others>;
}

/** Entries and their items, each by itself. Some samples wrap the envelope in a list. */
export async function readWebhook(payload: unknown, dialect: Dialect): Promise<Element[]> {
  const envelopes = Array.isArray(payload) && payload.length > 0 ? payload : [payload];
  return allOf(envelopes.map((envelope) => elementsOfEnvelope(envelope, dialect)));
}

/** One message about a customer. `shift` (ms) keeps the parts of one message in order. */
export function messageOf(
  about: About,
  message: {
    id: string;
    body: Body;
    replyTo?: string | undefined;
    reference?: string | undefined;
    shift?: number;
  },
): InboundEvent {
  const { id, body, replyTo, reference, shift = 0 } = message;
  return {
    kind: 'message',
    direction: about.direction,
    providerMessageId: id,
    counterparty: { identities: [about.customer] },
    body,
    ...compact({ providerAt: about.at === undefined ? undefined : about.at + shift, replyTo, reference }),
  };
}

/** What the customer, or the business elsewhere, made of a message; null: it was taken back, with all its parts. */
export function revisionOf({ customer, at }: About, providerMessageId: string, body: Body | null): InboundEvent {
  const counterparty = { identities: [customer] as [Identity] };
  const parts = body === null ? ({ parts: true } as const) : {};
  return { kind: 'revision', providerMessageId, counterparty, body, ...parts, ...compact({ providerAt: at }) };
}

async function elementsOfEnvelope(raw: unknown, dialect: Dialect): Promise<Element[]> {
  const { object, entry } = fieldsOf(raw);
  if (object !== dialect.object || !Array.isArray(entry) || entry.length === 0)
    return [{ ok: false, reason: `not a webhook of '${dialect.object}'`, raw }];
  return allOf(entry.map((one) => elementsOfEntry(one, dialect)));
}

/** `standby` holds the same events, while another app leads the conversation. */
async function elementsOfEntry(raw: unknown, dialect: Dialect): Promise<Element[]> {
  const entry = fieldsOf(raw);
  const id = idIn(entry['id']);
  const items = [...itemsOf(entry['messaging']), ...itemsOf(entry['standby'])];
  const changes = [...itemsOf(entry['changes']), ...('field' in entry ? [entry] : [])];
  if (items.length + changes.length === 0) return [elementOf(raw, id, () => 'an entry with nothing in it')];
  return allOf([
    ...items.map((one) => elementsOfItem(one, id, dialect)),
    ...changes.map((change) => elementsOfChange(change, id, dialect)),
  ]);
}

/** The dashboard's test button puts an item into a change. Every other change is of comments and the like. */
async function elementsOfChange(raw: unknown, id: string | undefined, dialect: Dialect): Promise<Element[]> {
  const { field, value } = fieldsOf(raw);
  if ('sender' in fieldsOf(value)) return elementsOfItem(value, id, dialect);
  if (typeof field !== 'string') return [elementOf(raw, id, () => 'a change without a field')];
  return [elementOf(raw, id, () => ({ kind: 'ignored', why: `field ${field.slice(0, 60)}` }))];
}

/**
 * The account is the side that is not the customer. The entry's own id is the last resort, for some samples print
 * the customer's there. An item that can't be read at all is one element, and harms no other.
 */
async function elementsOfItem(raw: unknown, entryId: string | undefined, dialect: Dialect): Promise<Element[]> {
  const item = readAs(wire.item, raw);
  if (!item) return [elementOf(raw, entryId, () => 'an item that is no object')];
  const { sender, recipient, timestamp } = item;
  const isEcho = fieldsOf(fieldsOf(raw)['message'])['is_echo'] === true;
  const outbound = isEcho || (sender?.id !== undefined && sender.id === entryId);
  const [business, customer] = outbound ? [sender?.id, recipient?.id] : [recipient?.id, sender?.id];
  const account = business ?? entryId;
  const sides = { account, customer, outbound, at: momentOf(timestamp), dialect };
  try {
    return (await readItem(fieldsOf(raw), sides)).map((reading) => elementOf(raw, account, () => reading));
  } catch (error) {
    return [
      elementOf(raw, account, () => {
        throw error;
      }),
    ];
  }
}

interface Sides {
  account: string | undefined;
  customer: string | undefined;
  outbound: boolean;
  at: number | undefined;
  dialect: Dialect;
}

async function readItem(item: Record<string, unknown>, sides: Sides): Promise<Reading[]> {
  const { events, others } = sides.dialect;
  const name = nameIn(events, item);
  if (name !== undefined) return readEvent(events, name, item, sides);
  const more = await others();
  const other = nameIn(more.events, item);
  if (other !== undefined) return readEvent(more.events, other, item, sides);
  const own = nameIn(more.ofAccount, item);
  if (own !== undefined) return more.ofAccount[own]?.(item[own]) ?? [];
  const known = more.ignored.find((one) => Object.hasOwn(item, one));
  return [known ? { kind: 'ignored', why: known } : 'an event of an unknown kind'];
}

function readEvent(
  events: Record<string, Reader>,
  name: string,
  item: Record<string, unknown>,
  { account, customer, outbound, at, dialect }: Sides,
): Reading[] | Promise<Reading[]> {
  if (!customer) return [`${name} that names no customer`];
  if (customer === account) return [{ kind: 'ignored', why: 'the business wrote to itself' }];
  const about: About = {
    customer: { kind: dialect.identity, value: customer },
    direction: outbound ? 'OUTBOUND' : 'INBOUND',
    at,
  };
  return events[name]?.(item[name], about) ?? [];
}

function nameIn(readers: object, item: object): string | undefined {
  return Object.keys(readers).find((name) => Object.hasOwn(item, name));
}

async function allOf(parts: Promise<Element[]>[]): Promise<Element[]> {
  return (await Promise.all(parts)).flat();
}

function idIn(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}
