import * as v from 'valibot';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import { phoneNumber } from '../../domain/contact.ts';
import type { Direction } from '../../domain/message.ts';
import type { SendError, Status } from '../../domain/status.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, fieldsOf, readAs, reasonOf, textIn, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { bodyOf } from './body.ts';
import * as wire from './wire.ts';

const FIELDS = new Set(['messages', 'smb_message_echoes', 'message_echoes']);

/** Entries, changes and their items, each by itself. */
export async function normalise(payload: unknown): Promise<Element[]> {
  const envelope = fieldsOf(payload);
  const entries = envelope['entry'];
  if (envelope['object'] !== 'whatsapp_business_account' || !Array.isArray(entries) || entries.length === 0) {
    return [{ ok: false, reason: 'not a WhatsApp webhook', raw: payload }];
  }
  return (await Promise.all(entries.map(elementsOfEntry))).flat();
}

async function elementsOfEntry(entry: unknown): Promise<Element[]> {
  const changes = fieldsOf(entry)['changes'];
  if (!Array.isArray(changes)) return [{ ok: false, reason: 'entry without changes', raw: entry }];
  return (await Promise.all(changes.map(elementsOfChange))).flat();
}

async function elementsOfChange(change: unknown): Promise<Element[]> {
  const { field, value: content } = fieldsOf(change);
  const value = fieldsOf(content);
  const account = textIn(fieldsOf(value['metadata'])['phone_number_id']);
  if (typeof field === 'string' && !FIELDS.has(field)) {
    return [elementOf(change, account, () => ({ kind: 'ignored', why: `field ${field.slice(0, 60)}` }))];
  }
  const explain = await explanations(value);
  const elements = (['messages', 'message_echoes', 'statuses', 'errors'] as const).flatMap((member) =>
    itemsOf(value, member).map((raw) => elementOf(raw, account, () => readers[member](raw, value, explain))),
  );
  return elements.length > 0 ? elements : [elementOf(change, account, () => 'a change with nothing in it')];
}

/** A member that is not a list counts as one malformed item. */
function itemsOf(value: Value, member: string): unknown[] {
  const items = value[member];
  if (Array.isArray(items)) return items;
  return items === undefined || items === null ? [] : [items];
}

type Value = Record<string, unknown>;
type Explain = (code: number | undefined) => SendError;

/** The words for failures are many, and most webhooks tell of none: they load with the first that does. */
async function explanations(value: Value): Promise<Explain | undefined> {
  const failed = itemsOf(value, 'statuses').some((raw) => fieldsOf(raw)['status'] === 'failed');
  return failed ? (await import('./errors.ts')).errorOfStatus : undefined;
}

const readers = {
  messages: (raw: unknown, value: Value) => readMessage(raw, value, 'INBOUND'),
  message_echoes: (raw: unknown, value: Value) => readMessage(raw, value, 'OUTBOUND'),
  statuses: (raw: unknown, _: Value, explain?: Explain) => readStatus(raw, explain),
  errors: readAccountError,
};

function readMessage(raw: unknown, value: Value, direction: Direction): Reading {
  const parsed = v.safeParse(wire.message, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'message');
  const message = parsed.output;
  const counterparty = counterpartyOf(message, value, direction);
  if (!counterparty) return 'message that names no customer';
  const body = bodyOf(message);
  if (!body) return `message of type ${message.type.slice(0, 60)} with malformed content`;
  return {
    kind: 'message',
    direction,
    providerMessageId: message.id,
    counterparty,
    body,
    ...compact({ providerAt: momentOf(message.timestamp), replyTo: originalOf(message) }),
  };
}

function originalOf(message: wire.Message): string | undefined {
  const changed = fieldsOf(message[message.type])['original_message_id'];
  return message.context?.id ?? (message.type === 'edit' || message.type === 'revoke' ? textIn(changed) : undefined);
}

/** The phone number comes first where there is one; customers with a username may have only their business-scoped id. */
function counterpartyOf(message: wire.Message, value: Value, direction: Direction): Counterparty | undefined {
  if (message.group_id) return { identities: [{ kind: 'group', value: message.group_id }] };
  const [phone, user] =
    direction === 'INBOUND' ? [message.from, message.from_user_id] : [message.to, message.to_user_id];
  const profile = profileOf(value, phone, user);
  const [first, ...rest] = distinct([
    ...phonesOf(phone, profile?.wa_id),
    ...bsuidOf(user ?? profile?.user_id),
    ...successorsOf(message),
  ]);
  if (!first) return undefined;
  return { identities: [first, ...rest], ...compact({ name: profile?.profile?.name ?? profile?.profile?.username }) };
}

/** After a change of number or id the message names the new one beside the old: the same person, so an alias. */
function successorsOf(message: wire.Message): Identity[] {
  const system = message.type === 'system' ? readAs(wire.system, message['system']) : undefined;
  return system ? [...phonesOf(system.wa_id, system.new_wa_id), ...bsuidOf(system.user_id)] : [];
}

/**
 * The profile that names this customer. `wa_id` and `from` differ in some countries, so the only profile of a webhook
 * with one message is taken too; never otherwise, or customers could be mixed up.
 */
function profileOf(value: Value, phone?: string, user?: string): wire.Profile | undefined {
  const read = itemsOf(value, 'contacts').map((raw) => readAs(wire.profile, raw));
  const profiles = read.filter((each) => each !== undefined);
  const match = profiles.find((each) => (phone && each.wa_id === phone) || (user && each.user_id === user));
  const alone = itemsOf(value, 'messages').length + itemsOf(value, 'message_echoes').length === 1;
  return match ?? (alone && profiles.length === 1 ? profiles[0] : undefined);
}

function phonesOf(...numbers: (string | undefined)[]): Identity[] {
  return numbers.flatMap((number) => phoneNumber(number ?? '') ?? []).map((value) => ({ kind: 'phone', value }));
}

function bsuidOf(user: string | undefined): Identity[] {
  return user ? [{ kind: 'bsuid', value: user }] : [];
}

function distinct(identities: Identity[]): Identity[] {
  return identities.filter(
    (each, index) => identities.findIndex((other) => other.kind === each.kind && other.value === each.value) === index,
  );
}

const statuses: Record<string, Exclude<Status, 'PENDING'>> = {
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'READ',
  played: 'READ',
  failed: 'FAILED',
};

function readStatus(raw: unknown, explain?: Explain): Reading {
  const parsed = v.safeParse(wire.status, raw);
  if (!parsed.success) return reasonOf(parsed.issues, 'status');
  const { id, status: name, timestamp, biz_opaque_callback_data: reference, errors } = parsed.output;
  const status = Object.hasOwn(statuses, name) ? statuses[name] : undefined;
  if (!status) return `unknown status ${name.slice(0, 60)}`;
  const detail = name === 'played' ? 'played' : undefined;
  const error = status === 'FAILED' ? explain?.(errors?.[0]?.code) : undefined;
  return {
    kind: 'status',
    providerMessageId: id,
    status,
    ...compact({ providerAt: momentOf(timestamp), reference, detail, error }),
  };
}

/** A failure of the account, not of a message. */
function readAccountError(raw: unknown): Reading {
  const code = readAs(wire.apiError, raw)?.code;
  return { kind: 'ignored', why: `account error ${code ?? 'without a code'}` };
}
