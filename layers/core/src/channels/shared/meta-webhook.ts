import type { Body } from '../../domain/body.ts';
import type { Identity } from '../../domain/contact.ts';
import type { Direction } from '../../domain/message.ts';
import type { Element, InboundEvent } from '../contract.ts';
import * as wire from './meta-wire.ts';
import { compact, elementOf, fieldsOf, readAs, type Reading } from './read.ts';
import { momentOf } from './time.ts';

/** Whom an item is about, which way it went, and when (ms). */
export interface About {
  customer: Identity;
  direction: Direction;
  at: number | undefined;
}

/** What an event's content means; more than one thing, where a message has several parts. */
export type Reader = (raw: unknown, about: About) => Reading[];

/** How one of Meta's messaging products words its webhooks. */
export interface Dialect {
  object: 'page' | 'instagram';
  identity: 'psid' | 'igsid';
  /** by the member that holds the event */
  events: Record<string, Reader>;
  /** events of no consequence to a message */
  ignored: readonly string[];
}

/** Entries and their items, each by itself. Some samples wrap the envelope in a list. */
export function readWebhook(payload: unknown, dialect: Dialect): Element[] {
  const envelopes = Array.isArray(payload) && payload.length > 0 ? payload : [payload];
  return envelopes.flatMap((envelope) => elementsOfEnvelope(envelope, dialect));
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

function elementsOfEnvelope(raw: unknown, dialect: Dialect): Element[] {
  const { object, entry } = fieldsOf(raw);
  if (object === dialect.object && Array.isArray(entry) && entry.length > 0)
    return entry.flatMap((one) => elementsOfEntry(one, dialect));
  return [{ ok: false, reason: `not a webhook of '${dialect.object}'`, raw }];
}

/** `standby` holds the same events, while another app leads the conversation. */
function elementsOfEntry(raw: unknown, dialect: Dialect): Element[] {
  const entry = fieldsOf(raw);
  const id = idIn(entry['id']);
  const changes = [...itemsOf(entry['changes']), ...('field' in entry ? [entry] : [])];
  const elements = [
    ...[...itemsOf(entry['messaging']), ...itemsOf(entry['standby'])].flatMap((one) =>
      elementsOfItem(one, id, dialect),
    ),
    ...changes.flatMap((change) => elementsOfChange(change, id, dialect)),
  ];
  return elements.length > 0 ? elements : [elementOf(raw, id, () => 'an entry with nothing in it')];
}

/** The dashboard's test button puts an item into a change. Every other change is of comments and the like. */
function elementsOfChange(raw: unknown, id: string | undefined, dialect: Dialect): Element[] {
  const { field, value } = fieldsOf(raw);
  if ('sender' in fieldsOf(value)) return elementsOfItem(value, id, dialect);
  if (typeof field !== 'string') return [elementOf(raw, id, () => 'a change without a field')];
  return [elementOf(raw, id, () => ({ kind: 'ignored', why: `field ${field.slice(0, 60)}` }))];
}

/**
 * The account is the side that is not the customer. The entry's own id is the last resort, for some samples print
 * the customer's there.
 */
function elementsOfItem(raw: unknown, entryId: string | undefined, dialect: Dialect): Element[] {
  const item = readAs(wire.item, raw);
  if (!item) return [elementOf(raw, entryId, () => 'an item that is no object')];
  const { sender, recipient, timestamp } = item;
  const isEcho = fieldsOf(fieldsOf(raw)['message'])['is_echo'] === true;
  const outbound = isEcho || (sender?.id !== undefined && sender.id === entryId);
  const [business, customer] = outbound ? [sender?.id, recipient?.id] : [recipient?.id, sender?.id];
  const account = business ?? entryId;
  return elementsOf(raw, account, () =>
    readItem(fieldsOf(raw), { account, customer, outbound, at: momentOf(timestamp), dialect }),
  );
}

interface Sides {
  account: string | undefined;
  customer: string | undefined;
  outbound: boolean;
  at: number | undefined;
  dialect: Dialect;
}

function readItem(item: Record<string, unknown>, { account, customer, outbound, at, dialect }: Sides): Reading[] {
  const { events, ignored, identity: kind } = dialect;
  const name = Object.keys(events).find((one) => Object.hasOwn(item, one));
  const reader = name === undefined ? undefined : events[name];
  if (name === undefined || !reader) {
    const known = ignored.find((one) => Object.hasOwn(item, one));
    return [known ? { kind: 'ignored', why: known } : 'an event of an unknown kind'];
  }
  if (!customer) return [`${name} that names no customer`];
  if (customer === account) return [{ kind: 'ignored', why: 'the business wrote to itself' }];
  return reader(item[name], {
    customer: { kind, value: customer },
    direction: outbound ? 'OUTBOUND' : 'INBOUND',
    at,
  });
}

/** An item's readings; one that can't be read at all is one element, and harms no other. */
function elementsOf(raw: unknown, account: string | undefined, read: () => Reading[]): Element[] {
  try {
    return read().map((reading) => elementOf(raw, account, () => reading));
  } catch (error) {
    return [
      elementOf(raw, account, () => {
        throw error;
      }),
    ];
  }
}

/** A member that is not a list counts as one malformed item. */
function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function idIn(value: unknown): string | undefined {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}
