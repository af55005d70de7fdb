import * as v from 'valibot';
import { phoneNumber } from '../../domain/phone-number.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, fieldsOf, readAs, reasonOf, textIn, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { linkOf, writtenIn } from './body.ts';
import { readEdit, readReaction, readRevocation } from './change.ts';
import { readGroup } from './group-name.ts';
import { businessOf, readMessage, type Context } from './message.ts';
import { readStatuses } from './receipts.ts';
import { sessionOf } from './session.ts';
import * as wire from './wire.ts';

type Reader = (message: wire.Message, context: Context, raw: unknown) => Reading;

const asMessage: Reader = (message, _, raw) => readMessage(message, raw);

const readers: Record<string, Reader> = {
  message: asMessage,
  'message.any': asMessage,
  'message.reaction': readReaction,
  'message.revoked': readRevocation,
  'message.edited': readEdit,
};

/** Events about the gateway itself or about other people's doings, none of them a message. */
const IGNORED =
  /^(state\.change|engine\.event|message\.(ack\.group|waiting|deleted)|presence\.update|chat_presence|(group|call|label|chat|poll|event|newsletter)\..+)$/;

/** We came into a group, or it is called otherwise from now on. */
const GROUP = /^group\.v2\.(join|update)$/;

/** What GOWA calls otherwise than the other gateways do. */
const GOWAS = /^(image|video|video_note|audio|document|sticker|contact|contacts_array|location|live_location)$/;

/** What may be a mark of formatting. */
const MARK = /[*_~`>]/;

/** One event or flat message, or a list of them. What reads Evolution's and GOWA's shapes, formatting and contacts is loaded when they come. */
export function normalise(payload: unknown): Element[] | Promise<Element[]> {
  const items: unknown[] = Array.isArray(payload) ? payload : [payload];
  if (items.length === 0) return [{ ok: false, reason: 'nothing in it', raw: payload }];
  if (items.some(isEvolution)) return withEvolution(items);
  if (items.some(hasGowasNames)) return withGowa(items);
  return finished(items.flatMap((item) => elementsOf(item)));
}

async function withEvolution(items: unknown[]): Promise<Element[]> {
  const { elementsOfEvolution } = await import('./evolution.ts');
  return finished(items.flatMap((item) => (isEvolution(item) ? elementsOfEvolution(item) : elementsOf(item))));
}

async function withGowa(items: unknown[]): Promise<Element[]> {
  const { inCommonNames } = await import('./gowa.ts');
  return finished(items.flatMap((item) => elementsOf(item, inCommonNames)));
}

function finished(elements: Element[]): Element[] | Promise<Element[]> {
  return elements.some(isUnfinished) ? import('./finish.ts').then(({ finish }) => finish(elements)) : elements;
}

function isUnfinished(element: Element): boolean {
  if (!element.ok || !('body' in element.event) || !element.event.body) return false;
  const { body } = element.event;
  return body.type === 'contacts' || ('text' in body && typeof body.text === 'string' && MARK.test(body.text));
}

function isEvolution(item: unknown): boolean {
  const envelope = readAs(wire.envelope, item);
  return envelope?.instance !== undefined && envelope.session === undefined;
}

function hasGowasNames(item: unknown): boolean {
  const envelope = readAs(wire.envelope, item);
  return envelope?.device_id !== undefined && Object.keys(fieldsOf(envelope.payload)).some((name) => GOWAS.test(name));
}

/** `renamed`: where a message is told in other names than `wire.message` has. */
function elementsOf(raw: unknown, renamed = (payload: unknown): unknown => payload): Element[] {
  const envelope = readAs(wire.envelope, raw);
  if (!envelope) return elementsOfMessage(raw, raw, {});
  const { event: name, me, device_id, timestamp, payload } = envelope;
  if (name === 'session.status') return [elementOf(raw, undefined, () => readSession(payload))];
  if (GROUP.test(name)) return [elementOf(raw, undefined, () => readGroup(fieldsOf(payload)['group']))];
  if (IGNORED.test(name)) return [elementOf(raw, undefined, () => ({ kind: 'ignored', why: name }))];
  const context = compact({ me: phoneNumber(me?.id ?? device_id ?? ''), at: momentOf(timestamp) });
  return elementsOfMessage(raw, renamed(payload), context, name);
}

function readSession(payload: unknown): Reading {
  const status = textIn(fieldsOf(payload)['status']);
  const state = sessionOf(status);
  if (state === undefined) return `unknown session status ${status?.slice(0, 60)}`;
  return { kind: 'account', news: { about: 'session', state } };
}

function elementsOfMessage(raw: unknown, payload: unknown, context: Context, event = 'message'): Element[] {
  const parsed = v.safeParse(wire.message, payload);
  if (!parsed.success) return [elementOf(raw, context.me, () => reasonOf(parsed.issues, 'payload'))];
  const message = parsed.output;
  const account = context.me ?? businessOf(message);
  if (event === 'message.ack' || (event === 'message' && isReceipt(message))) {
    return readStatuses(message, context).map((reading) => elementOf(raw, account, () => reading));
  }
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
  return [elementOf(raw, account, () => reader?.(message, context, raw) ?? `unknown event ${event.slice(0, 60)}`)];
}

/** A flat report: it has a level or a status and nothing a customer could have written. */
function isReceipt(message: wire.Message): boolean {
  const level = message.ack ?? message.ackName ?? message.receipt_type ?? message.status;
  return (
    level !== undefined &&
    writtenIn(message) === undefined &&
    !message.hasMedia &&
    !linkOf(message) &&
    !message.location
  );
}
