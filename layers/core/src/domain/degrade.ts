import type { Body, EntityType, MediaKind, RichText } from './body.ts';
import { reshapeInteractive } from './degrade-interactive.ts';
import type { InteractiveKind, InteractiveLimit } from './degrade-interactive.ts';
import { plainOf } from './rich-text/plain.ts';
import { textOfContacts, textOfLocation, textOfMail } from './text-of-body.ts';
import type { TextLimit } from './text-length.ts';

/** What of a channel's capabilities decides how a message goes. */
export interface Able {
  caption?: TextLimit;
  formatting: EntityType[];
  media: { [kind in MediaKind]?: { caption: boolean } };
  interactive: { [kind in InteractiveKind]?: InteractiveLimit };
  location: boolean;
  contacts: number;
  template: boolean;
  mail?: true;
}

/** A body as the channel can have it. `degraded` says how it differs from what was asked for, where it does. */
export interface Degraded {
  body: Body;
  degraded?: string;
}

/** A body in another form, and why, as people read it. */
export interface Reshaped {
  body: Body;
  note: string;
}

/**
 * The nearest thing to a body that the channel can send: what it has no form for becomes words. What has no words (a
 * reaction, a file of a kind that the channel does not take) stays, and the channel refuses it. `label`: the channel's name.
 */
export function degrade(body: Body, able: Able, label: string): Degraded {
  const reshaped = reshape(body, able, label);
  const worded = inPlainWords(reshaped?.body ?? body, able);
  const notes = [reshaped?.note, worded.degraded].filter((note) => note !== undefined);
  return notes.length === 0 ? worded : { ...worded, degraded: notes.join(' ') };
}

/** Formatting that does not reach the customer goes; a link's address is written out. */
export function inPlainWords(body: Body, { formatting }: Pick<Able, 'formatting'>): Degraded {
  if (!('entities' in body) || !body.entities || body.text === undefined) return { body };
  const { text, entities, lost } = plainOf({ text: body.text, entities: body.entities }, formatting);
  const worded = { ...body, text, entities: entities ?? [] };
  const styles = lost.filter((type) => type !== 'text_link');
  const notes = [
    ...(styles.length > 0 ? [`Formatting left out: ${styles.join(', ')}.`] : []),
    ...(lost.includes('text_link') ? ['Addresses of links written out.'] : []),
  ];
  return notes.length === 0 ? { body: worded } : { body: worded, degraded: notes.join(' ') };
}

/** Undefined: it goes in the form it has, or not at all. */
function reshape(body: Body, able: Able, label: string): Reshaped | undefined {
  switch (body.type) {
    case 'interactive':
      return reshapeInteractive(body, able, label);
    case 'location':
      return able.location ? undefined : asText(textOfLocation(body), `a link to a map: ${label} sends no places`);
    case 'contacts':
      return body.contacts.length <= able.contacts
        ? undefined
        : asText(textOfContacts(body.contacts), cards(able, label));
    case 'template':
      return able.template || !body.text ? undefined : asText(richTextOf(body), `text: ${label} has no templates`);
    case 'email':
      return able.mail ? undefined : asText(textOfMail(body), `text: ${label} sends no mail`);
    case 'sticker':
      // of a file that is ours already, what it can become is seen by its own look
      if (able.media.sticker || !able.media.image || body.media.link === undefined) return undefined;
      return { body: { ...body, type: 'image' }, note: `Sent as image: ${label} has no stickers.` };
    default:
      return undefined;
  }
}

function cards({ contacts }: Able, label: string): string {
  const most = contacts > 1 ? `at most ${contacts} contacts` : 'one contact';
  return `text: ${label} sends ${contacts === 0 ? 'no contacts' : `${most} at a time`}`;
}

function asText(text: RichText | undefined, why: string): Reshaped | undefined {
  return text && { body: { type: 'text', ...text }, note: `Sent as ${why}.` };
}

function richTextOf({ text = '', entities }: Partial<RichText>): RichText {
  return { text, ...(entities && { entities }) };
}
