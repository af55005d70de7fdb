import type { Body, ContactCard, Media } from '../../domain/body.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { whatsAppDigits } from '../../domain/phone-number.ts';
import { toWhatsApp } from '../../domain/rich-text/to-whatsapp.ts';
import type { Outgoing } from '../contract.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import { interactiveOf } from './interactive.ts';
import { placeOf, templateOf } from './template.ts';
import { sourceOf, type MediaIds } from './upload.ts';

/**
 * The JSON of one send, or undefined when the customer has no address here or the body can't be sent. `ids`: of the
 * files that were uploaded; any other goes by its link.
 */
export function requestOf(outgoing: Outgoing, ids: MediaIds): Json | undefined {
  const recipient = recipientOf(outgoing.to);
  const content = contentOf(outgoing, ids);
  if (!recipient || !content) return undefined;
  return {
    messaging_product: 'whatsapp',
    ...recipient,
    ...content,
    ...contextOf(outgoing),
    biz_opaque_callback_data: outgoing.reference,
  };
}

/** `to` takes a phone number with its `+` (without, Meta puts our own country code before it), `recipient` a user id. */
function recipientOf(to: Counterparty): Json | undefined {
  const valueOf = (kind: string) => to.identities.find((identity) => identity.kind === kind)?.value;
  const group = valueOf('group');
  if (group !== undefined) return { recipient_type: 'group', to: group };
  const digits = whatsAppDigits(to);
  if (digits !== undefined) return { recipient_type: 'individual', to: `+${digits}` };
  const user = valueOf('bsuid');
  return user === undefined ? undefined : { recipient_type: 'individual', recipient: user };
}

/** A reaction names its target itself and takes no context. */
function contextOf({ body, replyTo }: Outgoing): Json {
  return replyTo && body.type !== 'reaction' ? { context: { message_id: replyTo.providerMessageId } } : {};
}

function contentOf({ body, options }: Outgoing, ids: MediaIds): Json | undefined {
  switch (body.type) {
    case 'text':
      return { type: 'text', text: textOf(wordsOf(body), options?.['preview_url']) };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { type: body.type, [body.type]: fileOf(body, ids) };
    case 'location':
      return { type: 'location', location: placeOf(body) };
    case 'contacts':
      return { type: 'contacts', contacts: body.contacts.map(contactOf) };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: body.target, emoji: body.emoji ?? '' } };
    case 'interactive':
      return interactiveOf(body.interactive, wordsOf(body), ids);
    case 'template':
      return { type: 'template', template: templateOf(body.template, ids) };
    default:
      return undefined;
  }
}

/** A text as WhatsApp writes formatting; its limits are of this. */
export function wordsOf({ text, entities }: Pick<Extract<Body, { type: 'interactive' }>, 'text' | 'entities'>): string {
  return text === undefined ? '' : toWhatsApp(text, entities);
}

/** Meta shows a preview of the first link, when told to. */
function textOf(body: string, preview: unknown): Json {
  const shown = /https?:\/\//i.test(body) && preview !== false;
  return { body, ...(shown && { preview_url: true }) };
}

function fileOf(body: Extract<Body, { media: Media }>, ids: MediaIds): Json {
  const { type, media } = body;
  return {
    ...sourceOf(media, ids),
    ...compact({
      caption: wordsOf(body) || undefined,
      filename: type === 'document' ? media.filename : undefined,
      voice: type === 'audio' && media.voice ? true : undefined,
    }),
  };
}

/** Meta wants another part of the name beside `formatted_name`. */
function contactOf(contact: ContactCard): Json {
  return {
    name: { formatted_name: contact.name, first_name: contact.name.split(/\s+/)[0] ?? contact.name },
    phones: contact.phones.map((phone) => ({ phone, type: 'CELL' })),
    ...compact({
      emails: contact.emails?.map((email) => ({ email, type: 'WORK' })),
      org: contact.organization === undefined ? undefined : { company: contact.organization },
    }),
  };
}
