import { createHash, randomBytes } from 'node:crypto';
import type { Phone } from '../phones.ts';

/** `201000000001@c.us` */
export function chatIdOf(address: string): string {
  return `${waDigits(address)}@c.us`;
}

/** `201000000001@s.whatsapp.net`, as Baileys writes it. */
export function jidOf(address: string): string {
  return `${waDigits(address)}@s.whatsapp.net`;
}

/** The privacy id of a phone, which tells nothing of its number. */
export function lidOf(phone: Pick<Phone, 'id'>): string {
  const number = createHash('sha256').update(phone.id).digest().readUIntBE(0, 6);
  return `9${String(number).padStart(14, '0').slice(0, 14)}@lid`;
}

/** A message's id as whatsapp-web writes it: `true_201000000001@c.us_3EB0…`; the last part is the stable key. */
export function messageId(fromMe: boolean, chatId: string): string {
  return `${fromMe}_${chatId}_${newKey()}`;
}

/** The part of an id that is the same wherever the message is named. */
export function keyOf(id: string): string {
  const [fromMe, , key] = id.split('_');
  return (fromMe === 'true' || fromMe === 'false') && key ? key : id;
}

export function digitsOf(address: string): string {
  return address.replaceAll(/\D/g, '');
}

/** The digits that WhatsApp itself knows a number by: old Brazilian accounts outside the south-east lack the ninth, Mexican ones have a 1. */
export function waDigits(address: string): string {
  return digitsOf(address)
    .replace(/^55([3-9]\d)9([6-9]\d{7})$/, '55$1$2')
    .replace(/^52(\d{10})$/, '521$1');
}

function newKey(): string {
  return `3EB0${randomBytes(8).toString('hex').toUpperCase()}`;
}
