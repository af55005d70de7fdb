import type { Body, Choice, Interactive, LinkButton, Media } from '../../domain/body.ts';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import { compact } from './read.ts';

export type Json = Record<string, unknown>;

/** Meta's id of the customer, or undefined when they have none here. */
export function recipientOf(to: Counterparty, kind: Identity['kind']): { id: string } | undefined {
  const id = to.identities.find((identity) => identity.kind === kind)?.value;
  return id === undefined ? undefined : { id };
}

/** The `message` of a send, or undefined when there is no way to say it. */
export function contentOf(body: Body): Json | undefined {
  switch (body.type) {
    case 'text':
      return { text: body.text };
    case 'image':
    case 'video':
    case 'audio':
      return attachment(body.type, body.media);
    case 'document':
      return attachment('file', body.media);
    case 'interactive':
      return interactiveOf(body.interactive, body.text ?? '');
    default:
      return undefined;
  }
}

/** A reaction is an action, not a message. `name` is what Meta calls the emoji. */
export function reactionOf({ emoji, target }: Extract<Body, { type: 'reaction' }>, name = emoji): Json {
  return emoji === null
    ? { sender_action: 'unreact', payload: { message_id: target } }
    : { sender_action: 'react', payload: { message_id: target, reaction: name } };
}

/** A card's first line is its title, the rest its subtitle. */
export function titlesOf(text: string): { title: string; subtitle?: string } {
  const [title = '', ...rest] = text.split('\n');
  return { title, ...compact({ subtitle: rest.join('\n').trim() || undefined }) };
}

function attachment(type: string, media: Media): Json | undefined {
  return media.link === undefined ? undefined : { attachment: { type, payload: { url: media.link } } };
}

function interactiveOf(interactive: Interactive, text: string): Json | undefined {
  switch (interactive.kind) {
    case 'quick_replies':
      return { text, quick_replies: interactive.buttons.map(quickReply) };
    case 'buttons':
      return template({ template_type: 'button', text, buttons: interactive.buttons.map(postback) });
    case 'link_button':
      return template({ template_type: 'button', text, buttons: [webUrl(interactive.link)] });
    case 'carousel':
      return template({ template_type: 'generic', elements: interactive.cards.map(elementOf) });
    case 'list':
    case 'reply':
      return undefined;
  }
}

type Card = Extract<Interactive, { kind: 'carousel' }>['cards'][number];

function elementOf({ text, image, buttons = [], link }: Card): Json {
  const all = [...buttons.map(postback), ...(link ? [webUrl(link)] : [])];
  return { ...titlesOf(text), ...compact({ image_url: image, buttons: all.length > 0 ? all : undefined }) };
}

function template(payload: Json): Json {
  return { attachment: { type: 'template', payload } };
}

function quickReply({ id, title }: Choice): Json {
  return { content_type: 'text', title, payload: id };
}

function postback({ id, title }: Choice): Json {
  return { type: 'postback', title, payload: id };
}

function webUrl({ url, title }: LinkButton): Json {
  return { type: 'web_url', url, title };
}
