import type { ContactCard } from '../../domain/body.ts';
import { compact } from './read.ts';

/** A contact as vCard 3.0 (RFC 2426); the caller's own vCard is kept. */
export function vcardOf(contact: ContactCard): string {
  if (contact.vcard) return contact.vcard;
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${escape(contact.name)}`,
    ...(contact.organization ? [`ORG:${escape(contact.organization)}`] : []),
    ...contact.phones.map((phone) => `TEL;TYPE=CELL${whatsappId(phone)}:${escape(phone)}`),
    ...(contact.emails ?? []).map((email) => `EMAIL:${escape(email)}`),
    'END:VCARD',
  ].join('\r\n');
}

/** What the inbox shows of a vCard. The text is kept: it may say more. */
export function contactOf(vcard: string): ContactCard {
  const lines = vcard.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const phones = valuesOf(lines, 'TEL');
  const emails = valuesOf(lines, 'EMAIL');
  return {
    name: valuesOf(lines, 'FN')[0] ?? phones[0] ?? '',
    phones,
    ...compact({ emails: emails.length > 0 ? emails : undefined, organization: valuesOf(lines, 'ORG')[0] }),
    vcard,
  };
}

/** WhatsApp offers to write to a number only when the entry names its account (`waid`). */
function whatsappId(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits ? `;waid=${digits}` : '';
}

/** Properties may have a group (`item1.TEL`) and parameters (`TEL;type=CELL`). */
function valuesOf(lines: string[], property: string): string[] {
  const start = new RegExp(`^(?:[\\w-]+\\.)?${property}(?:;[^:]*)?:`, 'i');
  return lines.filter((line) => start.test(line)).map((line) => unescape(line.replace(start, '')).trim());
}

function escape(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n');
}

function unescape(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));
}
