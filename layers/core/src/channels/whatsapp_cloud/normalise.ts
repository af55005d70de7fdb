import type { Element } from '../contract.ts';
import { elementOf, fieldsOf, itemsOf, textIn, type Reading } from '../shared/read.ts';
import { readMessage } from './message.ts';
import { readAccountError, readStatus, type Explain } from './status.ts';

/** The fields that bring messages; the last two are what the business wrote in its phone's app. */
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
  const { id, changes } = fieldsOf(entry);
  if (!Array.isArray(changes)) return [{ ok: false, reason: 'entry without changes', raw: entry }];
  return (await Promise.all(changes.map((change) => elementsOfChange(change, textIn(id))))).flat();
}

/** `business`: the WhatsApp Business account, which has one or more numbers. */
async function elementsOfChange(change: unknown, business: string | undefined): Promise<Element[]> {
  const { field, value: content } = fieldsOf(change);
  const value = fieldsOf(content);
  const account = textIn(fieldsOf(value['metadata'])['phone_number_id']);
  if (field === 'history' || field === 'smb_app_state_sync')
    return [elementOf(change, account, () => ({ kind: 'history', part: change }))];
  if (typeof field === 'string' && !FIELDS.has(field)) {
    const { readNews } = await import('./news.ts');
    return readNews({ field, value, account, business }).map((news) => elementOf(change, news.account, () => news.is));
  }
  const explain = await explanations(value);
  const elements = members.flatMap((member) =>
    itemsOf(value[member]).flatMap((raw) => elementsOf(raw, account, () => readers[member](raw, value, explain))),
  );
  return elements.length > 0 ? elements : [elementOf(change, account, () => 'a change with nothing in it')];
}

type Value = Record<string, unknown>;

const members = ['messages', 'message_echoes', 'statuses', 'errors'] as const;
type Reader = (raw: unknown, value: Value, explain?: Explain) => Reading[];

const readers: Record<(typeof members)[number], Reader> = {
  messages: (raw, value) => readMessage(raw, 'INBOUND', { profiles: profilesOf(value), alone: isAlone(value) }),
  message_echoes: (raw, value) => readMessage(raw, 'OUTBOUND', { profiles: profilesOf(value), alone: isAlone(value) }),
  statuses: (raw, _, explain) => [readStatus(raw, explain)],
  errors: (raw, value, explain) => [readAccountError(raw, itemsOf(value['messages']).length > 0, explain)],
};

function profilesOf(value: Value): unknown[] {
  return itemsOf(value['contacts']);
}

/** Whether the only profile of a webhook can be nobody else's than the only message's. */
function isAlone(value: Value): boolean {
  return itemsOf(value['messages']).length + itemsOf(value['message_echoes']).length === 1;
}

/** The words for failures are many, and most webhooks tell of none: they load with the first that does. */
async function explanations(value: Value): Promise<Explain | undefined> {
  const failed = itemsOf(value['statuses']).some((raw) => fieldsOf(raw)['status'] === 'failed');
  return failed || itemsOf(value['errors']).length > 0 ? (await import('./errors.ts')).errorOfStatus : undefined;
}

/** An item's readings; one that can't be read at all is one element, and harms no other. */
export function elementsOf(raw: unknown, account: string | undefined, read: () => Reading[]): Element[] {
  let readings: Reading[] = [];
  const whole = elementOf(raw, account, () => {
    readings = read();
    return '';
  });
  return readings.length > 0 ? readings.map((reading) => elementOf(raw, account, () => reading)) : [whole];
}
