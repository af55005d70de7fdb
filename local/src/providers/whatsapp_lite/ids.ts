import { randomBytes } from 'node:crypto';

/** `201000000001@c.us` */
export function chatIdOf(address: string): string {
  return `${digitsOf(address)}@c.us`;
}

/** A message's id as whatsapp-web writes it: `true_201000000001@c.us_3EB0…`; the last part is the stable key. */
export function messageId(fromMe: boolean, address: string): string {
  return `${fromMe}_${chatIdOf(address)}_3EB0${randomBytes(8).toString('hex').toUpperCase()}`;
}

export function digitsOf(address: string): string {
  return address.replaceAll(/\D/g, '');
}
