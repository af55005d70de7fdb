import type { ContactCard } from '../../domain/body.ts';

/** A contact as vCard 3.0 (RFC 2426), which reaches furthest; the caller's own vCard is kept. */
export function vcardOf(contact: ContactCard): string {
  if (contact.vcard) return contact.vcard;
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escape(contact.name)};;;`,
    `FN:${escape(contact.name)}`,
    ...(contact.organization ? [`ORG:${escape(contact.organization)}`] : []),
    ...contact.phones.map((phone) => `TEL;TYPE=CELL${whatsappId(phone)}:${escape(phone)}`),
    ...(contact.emails ?? []).map((email) => `EMAIL:${escape(email)}`),
    'END:VCARD',
  ];
  return lines.map(fold).join('\r\n');
}

/** WhatsApp offers to write to a number only when the entry names its account (`waid`). */
function whatsappId(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits ? `;waid=${digits}` : '';
}

/** No line of what a caller wrote becomes a line of the card. */
function escape(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r\n?|\n/g, '\\n');
}

/** At most 75 bytes a line, and no character in two. */
function fold(line: string): string {
  let folded = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 75) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return folded;
}
