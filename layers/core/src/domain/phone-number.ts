import type { Counterparty, Identity } from './contact.ts';

/**
 * E.164 with `+` from what people and gateways write: spaces, dashes, brackets, marks that are not seen, a leading `00`, `@s.whatsapp.net`, `@c.us`, a `:device` part.
 * Only the shape is checked (7 to 15 digits, ITU-T E.164), because a numbering plan's details change and the provider knows them.
 */
export function phoneNumber(text: string): string | undefined {
  const bare = text.replace(/(:\d+)?@(s\.whatsapp\.net|c\.us)$/, '').replaceAll(/[\s().\p{Pd}\p{Cf}]/gu, '');
  const digits = westernDigits(bare).replace(/^\+/, '').replace(/^00/, '');
  return /^\d{7,15}$/.test(digits) ? `+${digits}` : undefined;
}

/**
 * E.164 of a person's number as people, networks and WhatsApp write it, one form for all that ring the same phone: an Egyptian mobile may
 * be written as in Egypt (`01…`), or with that zero behind the country; Mexico's `521` is `52`; a Brazilian mobile has its ninth digit,
 * which WhatsApp leaves out of old accounts; an Argentine mobile has its `9`, and no `15`. What looks like a landline stays as it
 * is written. Undefined when it is no number: one that begins with a zero and not with a country, unless whoever wrote it says by a `+` that it is whole.
 */
export function personsNumber(text: string): string | undefined {
  const written = phoneNumber(text);
  const number = written && (rules.find(({ pattern }) => pattern.test(written))?.write(written) ?? written);
  return number?.startsWith('+0') && !text.trim().startsWith('+') ? undefined : number;
}

/** Whether two texts name the same phone. */
export function sameNumber(one: string, other: string): boolean {
  const number = personsNumber(one);
  return number !== undefined && number === personsNumber(other);
}

/** Whether WhatsApp may know this number by other digits, so that a gateway has to be asked which. */
export function hasVariants(number: string): boolean {
  return /^\+(52\d{10}|55\d{2}9[6-9]\d{7}|549\d{10})$/.test(number);
}

/** A person as a caller names them on a channel that reaches phones. */
export function phoneIdentity(text: string): Identity | undefined {
  const value = personsNumber(text);
  return value === undefined ? undefined : { kind: 'phone', value };
}

/** The digits that WhatsApp itself knows a number by, where they are not the number's own. */
export function whatsAppIdentity(text: string): Identity | undefined {
  const written = phoneNumber(text);
  return written === undefined || written === personsNumber(written)
    ? undefined
    : { kind: 'wa_id', value: written.slice(1) };
}

/** The digits that WhatsApp reaches someone by: its own where they are known, else the number's. Who changed their number may still have those of the old one. */
export function whatsAppDigits({ identities }: Counterparty): string | undefined {
  const number = identities.find(({ kind }) => kind === 'phone')?.value;
  const own = identities.find(
    ({ kind, value }) => kind === 'wa_id' && (number === undefined || sameNumber(value, number)),
  );
  return own?.value ?? number?.slice(1);
}

interface Rule {
  pattern: RegExp;
  write(number: string): string;
}

/** Landlines begin with 2 to 5 after Brazil's area code, and, by custom, with 4 after Argentina's. */
const rules: Rule[] = [
  { pattern: /^\+01[0125]\d{8}$/, write: (number) => `+20${number.slice(2)}` },
  { pattern: /^\+2001[0125]\d{8}$/, write: (number) => `+20${number.slice(4)}` },
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

/** Arabic-Indic and Persian digits are digits: people in Egypt and the Gulf type them. */
function westernDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
