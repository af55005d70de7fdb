import { sameNumber } from '../../domain/phone-number.ts';
import type { Status } from '../../domain/status.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, fieldsOf, itemsOf, readAs, textIn, type Reading } from '../shared/read.ts';
import { never, sendErrorOf } from '../shared/receipt.ts';
import * as wire from './history-wire.ts';
import { phonesOf, readMessage } from './message.ts';
import { elementsOf } from './normalise.ts';

type Fields = Record<string, unknown>;

/** Whose history it is: the account, and its number as it stands in messages. */
interface Owner {
  account: string | undefined;
  number: string;
}

/**
 * What a number's phone had before the number was connected as well ("history", "smb_app_state_sync", of Coexistence): threads, one change after another
 * in no order; files that came lately, of which the threads have only a sign; and whom the phone's owner knows by name.
 */
export function readHistory(change: unknown): Element[] {
  const { field, value: content } = fieldsOf(change);
  const value = fieldsOf(content);
  const { phone_number_id, display_phone_number } = fieldsOf(value['metadata']);
  const owner = { account: textIn(phone_number_id), number: textIn(display_phone_number) ?? '' };
  if (field === 'smb_app_state_sync')
    return itemsOf(value['state_sync']).map((raw) => elementOf(raw, owner.account, () => readPerson(raw)));
  return [
    ...itemsOf(value['messages']).flatMap((raw) => messageElements(raw, owner, value)),
    ...itemsOf(value['history']).flatMap((chunk) => elementsOfChunk(fieldsOf(chunk), owner, value)),
  ];
}

function elementsOfChunk(chunk: Fields, owner: Owner, value: Fields): Element[] {
  return [
    ...itemsOf(chunk['errors']).map((raw) => elementOf(raw, owner.account, () => readRefusal(raw))),
    ...itemsOf(chunk['threads']).flatMap((thread) => elementsOfThread(fieldsOf(thread), owner, value)),
  ];
}

/** A thread is named by the customer's number; newer ones say more of the customer beside it. */
function elementsOfThread(thread: Fields, owner: Owner, value: Fields): Element[] {
  const customer = textIn(thread['id']);
  return itemsOf(thread['messages']).flatMap((raw) => messageElements(raw, owner, value, customer));
}

function messageElements(raw: unknown, owner: Owner, value: Fields, customer?: string): Element[] {
  return elementsOf(raw, owner.account, () => readPast(raw, owner, value, customer));
}

function readPast(raw: unknown, { number }: Owner, value: Fields, customer: string | undefined): Reading[] {
  const message = fieldsOf(raw);
  const isOwn = sameNumber(textIn(message['from']) ?? '', number);
  const sides = isOwn ? { to: message['to'] ?? customer } : { from: message['from'] ?? customer };
  const around = { profiles: itemsOf(value['contacts']), alone: false };
  const readings = readMessage({ ...message, ...sides }, isOwn ? 'OUTBOUND' : 'INBOUND', around);
  const past = pastOf(textIn(fieldsOf(message['history_context'])['status']));
  return readings.map((reading) =>
    typeof reading === 'object' && reading.kind === 'message' ? { ...reading, past } : reading,
  );
}

/** How far a message had got. */
const statuses: Record<string, Exclude<Status, 'PENDING'>> = {
  SENT: 'SENT',
  DELIVERED: 'DELIVERED',
  READ: 'READ',
  PLAYED: 'READ',
  ERROR: 'FAILED',
};

const failed = sendErrorOf(
  never('invalid', 'failed_before', 'The message had failed before the account was connected.'),
);

function pastOf(name = '') {
  const status = Object.hasOwn(statuses, name.toUpperCase()) ? statuses[name.toUpperCase()] : undefined;
  return compact({ status, error: status === 'FAILED' ? failed : undefined });
}

/** The phone's owner does not share the history (code 2593109), or it can't be had for another reason. */
function readRefusal(raw: unknown): Reading {
  const { title, message, error_data } = readAs(wire.refusal, raw) ?? {};
  const words = error_data?.details ?? message ?? title;
  return words ? { kind: 'account', news: { about: 'history', detail: words.slice(0, 500) } } : 'refusal without words';
}

/** Somebody out of the phone's address book. Who is struck from it keeps the name they have here. */
function readPerson(raw: unknown): Reading {
  const { type, action, contact } = readAs(wire.person, raw) ?? {};
  if (type !== 'contact' || action === 'remove') return { kind: 'ignored', why: `${action} ${type}`.slice(0, 60) };
  const [identity] = phonesOf(contact?.phone_number);
  const name = contact?.full_name || contact?.first_name;
  if (!identity) return 'contact without a number';
  return name
    ? { kind: 'name', counterparty: { identities: [identity], name } }
    : { kind: 'ignored', why: 'contact without a name' };
}
