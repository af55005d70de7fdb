import type { Body, Choice, ContactCard, Interactive, Media, Template } from '../../domain/body.ts';
import type { Counterparty } from '../../domain/contact.ts';
import type { Outgoing } from '../contract.ts';
import { compact } from '../shared/read.ts';

type Json = Record<string, unknown>;

/** The JSON of one send, or undefined when the customer has no address here or the body can't be sent. */
export function requestOf(outgoing: Outgoing): Json | undefined {
  const recipient = recipientOf(outgoing.to);
  const content = contentOf(outgoing.body);
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
  const phone = valueOf('phone');
  if (phone !== undefined) return { recipient_type: 'individual', to: phone };
  const user = valueOf('bsuid');
  return user === undefined ? undefined : { recipient_type: 'individual', recipient: user };
}

/** A reaction names its target itself and takes no context. */
function contextOf({ body, replyTo }: Outgoing): Json {
  return replyTo && body.type !== 'reaction' ? { context: { message_id: replyTo.providerMessageId } } : {};
}

function contentOf(body: Body): Json | undefined {
  switch (body.type) {
    case 'text':
      return { type: 'text', text: { body: body.text, ...(hasLink(body.text) ? { preview_url: true } : {}) } };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { type: body.type, [body.type]: fileOf(body.type, body.media, body.text) };
    case 'location':
      return { type: 'location', location: placeOf(body) };
    case 'contacts':
      return { type: 'contacts', contacts: body.contacts.map(contactOf) };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: body.target, emoji: body.emoji ?? '' } };
    case 'interactive':
      return interactiveOf(body.interactive, body.text ?? '');
    case 'template':
      return { type: 'template', template: templateOf(body.template) };
    default:
      return undefined;
  }
}

/** Meta shows a preview of the first link. */
function hasLink(text: string): boolean {
  return /https?:\/\//i.test(text);
}

function fileOf(type: string, media: Media, caption: string | undefined): Json {
  return compact({
    link: media.link,
    caption: caption || undefined,
    filename: type === 'document' ? media.filename : undefined,
    voice: type === 'audio' && media.voice ? true : undefined,
  });
}

/** Meta's own schema has the coordinates as text. */
function placeOf({ latitude, longitude, name, address }: Extract<Body, { type: 'location' }>): Json {
  return { latitude: String(latitude), longitude: String(longitude), ...compact({ name, address }) };
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

function interactiveOf(interactive: Interactive, text: string): Json | undefined {
  const action = actionOf(interactive);
  if (!action) return undefined;
  const header = 'header' in interactive && interactive.header ? { type: 'text', text: interactive.header } : undefined;
  const footer = 'footer' in interactive && interactive.footer ? { text: interactive.footer } : undefined;
  return { type: 'interactive', interactive: { ...action, body: { text }, ...compact({ header, footer }) } };
}

function actionOf(interactive: Interactive): { type: string; action: Json } | undefined {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return {
        type: 'button',
        action: { buttons: interactive.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
      };
    case 'list':
      return { type: 'list', action: { button: interactive.button, sections: interactive.sections.map(sectionOf) } };
    case 'link_button': {
      const { title, url } = interactive.link;
      return { type: 'cta_url', action: { name: 'cta_url', parameters: { display_text: title, url } } };
    }
    case 'carousel':
    case 'reply':
      return undefined;
  }
}

function sectionOf({ title, rows }: { title?: string; rows: Choice[] }): Json {
  const choices = rows.map(({ id, title, description }) => ({
    id,
    title,
    ...compact({ description: description || undefined }),
  }));
  return { ...compact({ title: title || undefined }), rows: choices };
}

function templateOf({ name, language, parameters }: Template): Json {
  const values = parametersOf(parameters);
  const components = values.length > 0 ? { components: [{ type: 'body', parameters: values }] } : {};
  return { name, language: { code: language }, ...components };
}

function parametersOf(parameters: Template['parameters']): Json[] {
  if (Array.isArray(parameters)) return parameters.map((text) => ({ type: 'text', text }));
  return Object.entries(parameters ?? {}).map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}
