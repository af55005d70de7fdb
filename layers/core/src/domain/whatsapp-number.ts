import { phoneNumber } from './contact.ts';

/**
 * E.164 of a number as WhatsApp or people write it, one form for all that ring the same phone: Mexico's `521` is `52`; a Brazilian
 * mobile has its ninth digit, which WhatsApp leaves out of old accounts; an Argentine mobile has its `9`, and no `15`. What looks
 * like a landline stays as it is written. Undefined when it is no number.
 */
export function whatsAppNumber(text: string): string | undefined {
  const number = phoneNumber(text);
  return number && (rules.find(({ pattern }) => pattern.test(number))?.write(number) ?? number);
}

/** Whether two texts name the same WhatsApp number. */
export function sameNumber(one: string, other: string): boolean {
  const number = whatsAppNumber(one);
  return number !== undefined && number === whatsAppNumber(other);
}

/** Whether WhatsApp may know this number by other digits, so that a gateway has to be asked which. */
export function hasVariants(number: string): boolean {
  return /^\+(52\d{10}|55\d{2}9[6-9]\d{7}|549\d{10})$/.test(number);
}

interface Rule {
  pattern: RegExp;
  write(number: string): string;
}

/** Landlines begin with 2 to 5 after Brazil's area code, and, by custom, with 4 after Argentina's. */
const rules: Rule[] = [
  { pattern: /^\+521\d{10}$/, write: (number) => `+52${number.slice(4)}` },
  { pattern: /^\+55\d{2}[6-9]\d{7}$/, write: (number) => `${number.slice(0, 5)}9${number.slice(5)}` },
  { pattern: /^\+5411(?!4|15)\d{8}$/, write: withNine },
  { pattern: /^\+54(2[2-9]|3[3-8])\d(?!4|15)\d{7}$/, write: withNine },
  { pattern: /^\+541115\d{8}$/, write: (number) => `+54911${number.slice(7)}` },
  { pattern: /^\+54(2[2-9]|3[3-8])\d15\d{7}$/, write: (number) => `+549${number.slice(3, 6)}${number.slice(8)}` },
  { pattern: /^\+54(2[2-9]|3[3-8])\d{2}15\d{6}$/, write: (number) => `+549${number.slice(3, 7)}${number.slice(9)}` },
];

function withNine(number: string): string {
  return `+549${number.slice(3)}`;
}
