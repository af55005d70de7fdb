import type { Body, ContactCard, MediaKind } from '../../domain/body.ts';
import { fromWhatsApp } from '../../domain/rich-text/from-whatsapp.ts';
import { compact, fieldsOf, parseJson, readAs, textIn } from '../shared/read.ts';
import { wordsOf } from './status.ts';
import * as wire from './wire.ts';

type Content = Record<string, unknown> & { type: string };
type Reader = (content: Content) => Body | undefined;

const readers: Record<string, Reader> = {
  text: readText,
  image: readMedia('image'),
  video: readMedia('video'),
  audio: readMedia('audio'),
  document: readMedia('document'),
  sticker: readMedia('sticker'),
  location: readLocation,
  contacts: readContacts,
  interactive: readInteractive,
  button: readButton,
  reaction: readReaction,
  order: readOrder,
  system: readSystem,
  request_welcome: () => ({ type: 'system', event: 'chat_opened', text: 'The customer opened the chat' }),
};

/**
 * What a message says. A type we do not know is kept raw, and so is one whose content Meta kept back, saying why (131052: a file
 * that it could not fetch); undefined when a known type is malformed.
 */
export function bodyOf(content: Content): Body | undefined {
  const reader = Object.hasOwn(readers, content.type) ? readers[content.type] : unsupported;
  return reader?.(content) ?? (errorsIn(content).length > 0 ? unsupported(content) : undefined);
}

function readText(content: Content): Body | undefined {
  const text = fieldsOf(content['text'])['body'];
  return typeof text === 'string' ? { type: 'text', ...fromWhatsApp(text) } : undefined;
}

/** `sha256` of the webhook is of Meta's copy and in base64, so it is left to the download. */
function readMedia(type: MediaKind): Reader {
  return (content) => {
    const file = readAs(wire.media, content[type]);
    if (!file?.id && !file?.url) return undefined;
    const { id, url, mime_type, caption, filename, voice, animated } = file;
    const known = { mime: mime_type, filename, link: url, providerMediaId: id, voice, animated };
    return { type, media: { status: 'pending', ...compact(known) }, ...(caption && fromWhatsApp(caption)) };
  };
}

function readLocation(content: Content): Body | undefined {
  const place = readAs(wire.location, content['location']);
  if (!place) return undefined;
  const { latitude, longitude, name, address, url } = place;
  return { type: 'location', latitude, longitude, ...compact({ name, address, url }) };
}

function readContacts(content: Content): Body | undefined {
  const items = content['contacts'];
  if (!Array.isArray(items)) return undefined;
  const contacts = items.map(readContact).filter((contact) => contact !== undefined);
  return contacts.length > 0 ? { type: 'contacts', contacts } : undefined;
}

/** The answer to a request for the number has no name. */
function readContact(raw: unknown): ContactCard | undefined {
  const contact = readAs(wire.contact, raw);
  if (!contact) return undefined;
  const { name, phones, emails, org, vcard } = contact;
  const numbers = (phones ?? []).flatMap((entry) => entry.phone ?? entry.wa_id ?? []);
  const mails = (emails ?? []).flatMap((entry) => entry.email ?? []);
  return {
    name: name?.formatted_name ?? name?.first_name ?? numbers[0] ?? '',
    phones: numbers,
    ...compact({ emails: mails.length > 0 ? mails : undefined, organization: org?.company, vcard }),
  };
}

/** Meta now and then leaves the member out, or adds a kind: kept raw, because the customer did answer. */
function readInteractive(content: Content): Body {
  const answer = readAs(wire.interactive, content['interactive']);
  if (!answer) return unsupported(content);
  switch (answer.type) {
    case 'button_reply':
      return reply(answer.button_reply.id, answer.button_reply.title);
    case 'list_reply':
      return reply(answer.list_reply.id, answer.list_reply.title, { description: answer.list_reply.description });
    case 'nfm_reply':
      return readForm(answer.nfm_reply);
    case 'call_permission_reply':
      return reply('call_permission_reply', answer.call_permission_reply.response, {
        data: answer.call_permission_reply,
      });
  }
}

function readForm(form: { name?: string | undefined; body?: string | undefined; response_json?: unknown }): Body {
  const answers = textIn(form.response_json);
  const data = answers === undefined ? form.response_json : (parseJson(answers) ?? answers);
  return reply(form.name ?? 'form', form.body ?? form.name ?? 'form', { data });
}

function readButton(content: Content): Body | undefined {
  const button = readAs(wire.button, content['button']);
  return button && reply(button.payload ?? button.text, button.text);
}

/** A missing or empty emoji takes the reaction back. */
function readReaction(content: Content): Body | undefined {
  const reaction = readAs(wire.reaction, content['reaction']);
  return reaction && { type: 'reaction', emoji: reaction.emoji || null, target: reaction.message_id };
}

/** A cart: what the customer chose of the catalog. */
function readOrder(content: Content): Body {
  const order = readAs(wire.order, content['order']);
  if (!order) return unsupported(content);
  const { text, product_items } = order;
  const goods = product_items.map((item) => `${item.quantity} × ${item.product_retailer_id}`).join(', ');
  return reply('order', `Order: ${goods}`, { description: text || undefined, data: content['order'] });
}

function readSystem(content: Content): Body | undefined {
  const system = readAs(wire.system, content['system']);
  return system && { type: 'system', event: system.type ?? 'system', text: system.body ?? '' };
}

function reply(id: string, title: string, more: { description?: string | undefined; data?: unknown } = {}): Body {
  return { type: 'interactive', interactive: { kind: 'reply', id, title, ...compact(more) } };
}

/** WhatsApp names what it could not deliver in `unsupported.type`. */
function unsupported(content: Content): Body {
  const providerType = textIn(fieldsOf(content['unsupported'])['type']) ?? content.type;
  const [error] = errorsIn(content);
  const text = error && error.code !== NO_SUCH_TYPE ? wordsOf(error) || undefined : undefined;
  return { type: 'unsupported', providerType, ...compact({ text }), raw: content };
}

/** That Meta's API has no such type goes without saying; any other reason is worth reading. */
const NO_SUCH_TYPE = 131_051;

function errorsIn(content: Content): wire.ApiError[] {
  return readAs(wire.apiErrors, content['errors']) ?? [];
}
