import type { Events } from './events.ts';
import type { Json } from '../json.ts';
import { wordsOf, type PhoneBody } from './phone-body.ts';
import type { State } from './state.ts';

/** A customer's phone on one channel. */
export interface Phone {
  id: string;
  name: string;
  /** E.164 on WhatsApp, a chat id on Telegram */
  address: string;
  /** the account whose thread is on the screen */
  open: string | null;
  /** accounts this customer has blocked */
  blocked: string[];
  /** accounts this customer has opened a chat with; `*` is every account */
  started: string[];
}

export type PhoneStatus = 'sent' | 'delivered' | 'read' | 'failed';

export interface PhoneMessage {
  /** the provider's id */
  id: string;
  from: 'customer' | 'business';
  text: string | null;
  body: PhoneBody;
  /** ISO 8601 */
  at: string;
  status: PhoneStatus;
  reply_to?: string;
  /** what a phone shows beside it: that it was edited, from whom it was forwarded, that a tap waits for its answer */
  remark?: string;
  /** how an SMS came: in which alphabet, and in which parts */
  sms?: { encoding: string; segments: string[] };
  /** what a mail has beside its text */
  mail?: {
    subject: string;
    /** there is an HTML part too */
    html: boolean;
    attachments: { filename: string; mime: string; size: number; url: string }[];
    headers: Record<string, string>;
  };
  /** what the provider keeps with it and no phone shows */
  note?: Json;
}

export interface Phones {
  list(): Phone[];
  get(id: string): Phone | undefined;
  /** By address; `+` and spaces don't matter. */
  at(address: string): Phone | undefined;
  add(phone: { name: string; address: string }): Phone;
  change(phone: Phone, change: Partial<Pick<Phone, 'open' | 'blocked' | 'started' | 'address'>>): void;
  thread(phone: Phone, account: string): readonly PhoneMessage[];
  find(account: string, messageId: string): { phone: Phone; message: PhoneMessage } | undefined;
  append(phone: Phone, account: string, message: PhoneMessage): void;
  replace(phone: Phone, account: string, message: PhoneMessage): void;
  remove(phone: Phone, account: string, messageId: string): void;
}

/** Threads that are kept at hand. */
const MOST_THREADS = 2_000;

/** The phones of one channel. `first` are there when nothing is remembered. */
export function createPhones(
  state: State,
  channel: string,
  events: Events,
  first: Omit<Phone, 'open' | 'blocked'>[],
): Phones {
  const keep = (phone: Phone): void => state.put(`phones ${channel}`, phone.id, phone);
  const phones = state.list<Phone>(`phones ${channel}`);
  if (phones.length === 0) {
    phones.push(...first.map((phone) => ({ ...phone, open: null, blocked: [] })));
    phones.forEach(keep);
  }
  // a broadcast makes a hundred thousand of them
  const byId = new Map(phones.map((phone) => [phone.id, phone]));
  const byAddress = new Map(phones.toReversed().map((phone) => [bare(phone.address), phone]));
  const threads = new Map<string, PhoneMessage[]>();
  const shelfOf = (phone: Phone, account: string): string => `thread ${channel} ${phone.id} ${account}`;
  const threadOf = (phone: Phone, account: string): PhoneMessage[] => {
    const shelf = shelfOf(phone, account);
    const thread = threads.get(shelf) ?? state.list<PhoneMessage>(shelf);
    threads.delete(shelf);
    threads.set(shelf, thread);
    // what was not looked at for long is read again when it is
    for (const oldest of threads.keys()) if (threads.size > MOST_THREADS) threads.delete(oldest);
    return thread;
  };
  const told = (type: 'message' | 'status' | 'deleted', phone: Phone, account: string, message: PhoneMessage): void => {
    const shelf = shelfOf(phone, account);
    if (type === 'deleted') state.remove(shelf, message.id);
    else state.put(shelf, message.id, message);
    events.emit({ type, phone: phone.id, account, message: publicMessage(message) });
  };
  return {
    list: () => phones,
    get: (id) => byId.get(id),
    at: (address) => byAddress.get(bare(address)),
    add: ({ name, address }) => {
      const phone: Phone = { id: `phone_${phones.length + 1}`, name, address, open: null, blocked: [], started: [] };
      phones.push(phone);
      byId.set(phone.id, phone);
      if (!byAddress.has(bare(address))) byAddress.set(bare(address), phone);
      keep(phone);
      events.emit({ type: 'phone', phone: phone.id });
      return phone;
    },
    change: (phone, change) => {
      const before = bare(phone.address);
      Object.assign(phone, change);
      if (bare(phone.address) !== before) {
        if (byAddress.get(before) === phone) byAddress.delete(before);
        byAddress.set(bare(phone.address), phone);
      }
      keep(phone);
      if ('open' in change) events.emit({ type: 'open', phone: phone.id, account: phone.open });
    },
    thread: threadOf,
    find: (account, messageId) => {
      for (const phone of phones) {
        const message = threadOf(phone, account).find(({ id }) => id === messageId);
        if (message) return { phone, message };
      }
      return undefined;
    },
    append: (phone, account, message) => {
      threadOf(phone, account).push(message);
      told('message', phone, account, message);
    },
    replace: (phone, account, message) => {
      const thread = threadOf(phone, account);
      const index = thread.findIndex(({ id }) => id === message.id);
      if (index < 0) return;
      thread[index] = message;
      told('status', phone, account, message);
    },
    remove: (phone, account, messageId) => {
      const thread = threadOf(phone, account);
      const [gone] = thread.splice(
        thread.findIndex(({ id }) => id === messageId),
        1,
      );
      if (gone) told('deleted', phone, account, gone);
    },
  };
}

/** A message as the control API shows it. */
export function publicMessage({ note: _note, ...message }: PhoneMessage): PhoneMessage {
  return message;
}

export function publicPhone({ id, name, address, open }: Phone): Pick<Phone, 'id' | 'name' | 'address' | 'open'> {
  return { id, name, address, open };
}

export function newMessage(message: {
  id: string;
  from: PhoneMessage['from'];
  body: PhoneBody;
  at: number;
  replyTo?: string | undefined;
  note?: Json;
}): PhoneMessage {
  const { id, from, body, at, replyTo, note } = message;
  return {
    id,
    from,
    text: wordsOf(body),
    body,
    at: new Date(at).toISOString(),
    status: 'sent',
    ...(replyTo && { reply_to: replyTo }),
    ...(note && { note }),
  };
}

/** True when the customer has opened a chat with this account. */
export function hasStarted(phone: Phone, account: string): boolean {
  return phone.started.includes('*') || phone.started.includes(account);
}

function bare(address: string): string {
  return address.includes('@') ? address.trim().toLowerCase() : address.replaceAll(/[^\d-]/g, '');
}
