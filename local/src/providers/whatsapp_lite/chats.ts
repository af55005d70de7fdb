import type { WhatsappLiteAccount } from '../account.ts';
import type { Phone } from '../phones.ts';
import type { World } from '../world.ts';
import { chatIdOf, digitsOf, lidOf, waDigits } from './ids.ts';
import type { Sessions } from './sessions.ts';

/** The pretend WhatsApp: its phones, and the sessions of the businesses' linked devices. */
export type Lite = World<WhatsappLiteAccount> & { sessions: Sessions };

/** Whom a message goes to. */
export interface Chat {
  /** as whatsapp-web writes it */
  id: string;
  isGroup: boolean;
  phones: Phone[];
}

/** The chat of this name: a number, a privacy id or a group. Undefined: nobody has it. */
export function chatNamed(lite: Lite, account: WhatsappLiteAccount, name: string): Chat | undefined {
  if (name.endsWith('@g.us')) return groupNamed(lite, account, name);
  const phone = name.endsWith('@lid')
    ? lite.phones.list().find((each) => lidOf(each) === name)
    : phoneAt(lite, digitsOf(name));
  return phone && { id: name.endsWith('@lid') ? name : chatIdOf(phone.address), isGroup: false, phones: [phone] };
}

/** Whoever writes in a group is in it, and so is the business from then on. */
export function joinGroup(lite: Lite, account: WhatsappLiteAccount, id: string, phone: Phone): void {
  const { groups } = lite.sessions.of(account);
  groups.set(id, new Set([...(groups.get(id) ?? []), phone.id]));
}

/** What a group is called that the business is in. Undefined: it is in no such group. */
export function subjectOf(lite: Lite, account: WhatsappLiteAccount, id: string): string | undefined {
  const { groups, subjects } = lite.sessions.of(account);
  return groups.has(id) ? (subjects.get(id) ?? `Friends of ${account.name}`) : undefined;
}

/** By the digits that WhatsApp knows it by; a number's other spellings lead nowhere. */
export function phoneOf(lite: Lite, digits: string): Phone | undefined {
  return lite.phones.list().find((phone) => waDigits(phone.address) === digits);
}

function groupNamed(lite: Lite, account: WhatsappLiteAccount, id: string): Chat | undefined {
  const members = lite.sessions.of(account).groups.get(id);
  return members && { id, isGroup: true, phones: lite.phones.list().filter((phone) => members.has(phone.id)) };
}

/** Whoever is written to has a phone, as most people with a number have WhatsApp; a number that ends in 0000 is a landline and has none. */
function phoneAt(lite: Lite, digits: string): Phone | undefined {
  const known = phoneOf(lite, digits);
  const isWrong = waDigits(digits) !== digits || digits.endsWith('0000');
  return known ?? (isWrong ? undefined : lite.phones.add({ name: `+${digits}`, address: `+${digits}` }));
}
