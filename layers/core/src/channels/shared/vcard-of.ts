import type { ContactCard } from '../../domain/body.ts';

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

/** WhatsApp offers to write to a number only when the entry names its account (`waid`). */
function whatsappId(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits ? `;waid=${digits}` : '';
}

function escape(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n');
}
