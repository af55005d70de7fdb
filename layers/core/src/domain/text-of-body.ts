import type { Body, ContactCard, Email, RichText } from './body.ts';
import { joinTexts } from './rich-text/join.ts';

/** A place, with a link to it on a map. */
export function textOfLocation({ name, address, latitude, longitude }: Extract<Body, { type: 'location' }>): RichText {
  const link = `https://maps.google.com/?q=${degrees(latitude)},${degrees(longitude)}`;
  return joinTexts([name, address === name ? undefined : address, link], '\n');
}

/** What the cards say, line by line. */
export function textOfContacts(contacts: ContactCard[]): RichText {
  const cards = contacts.map(({ name, organization, phones, emails = [] }) =>
    [name, organization, ...phones, ...emails].filter((line) => line !== undefined).join('\n'),
  );
  return joinTexts(cards, '\n\n');
}

/** A mail without files; undefined when it has some, which no text stands for. */
export function textOfMail({ subject, text, entities, attachments }: Email): RichText | undefined {
  if (attachments.length > 0) return undefined;
  return joinTexts([subject, { text, ...(entities && { entities }) }], '\n\n');
}

/** To about ten centimetres, and never in powers of ten. */
function degrees(value: number): string {
  return String(Number(value.toFixed(6)));
}
