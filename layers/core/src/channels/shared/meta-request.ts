import type { Body, Choice, Interactive, LinkButton, MediaKind } from '../../domain/body.ts';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import type { Outgoing } from '../contract.ts';
import type { Json } from './http.ts';
import { compact, textIn } from './read.ts';

/** Meta's id of the customer, or undefined when they have none here. */
export function recipientOf(to: Counterparty, kind: Identity['kind']): { id: string } | undefined {
  const id = to.identities.find((identity) => identity.kind === kind)?.value;
  return id === undefined ? undefined : { id };
}

/** Where Meta finds a file: behind a link, or among what was uploaded to it. */
export type FileAt = { url: string } | { attachment_id: string };

/** What Meta calls a file of such a kind; undefined for those it does not take. */
export function typeOf(kind: MediaKind): string | undefined {
  if (kind === 'sticker') return undefined;
  return kind === 'document' ? 'file' : kind;
}

/** The `message` of a send, or undefined when there is no way to say it. */
export function contentOf(body: Body, file?: FileAt): Json | undefined {
  switch (body.type) {
    case 'text':
      return { text: body.text };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return file && { attachment: { type: typeOf(body.type), payload: file } };
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

const HOUR_MS = 3_600_000;

/**
 * An answer goes freely for 24 hours after the customer wrote. From then on, and up to seven days, what a person wrote goes under the
 * tag that is for people alone ("Human agent"), unless the caller says of which type it is. A program has to ask for the tag.
 */
export function messagingTypeOf(
  { lastInboundAt, options, byPerson }: Outgoing,
  now = Date.now(),
): { messaging_type: string; tag?: string } {
  const [type, tag] = [textIn(options?.['messaging_type']), textIn(options?.['tag'])];
  const silence = lastInboundAt === undefined ? 0 : now - lastInboundAt;
  const late = byPerson && type === undefined && silence >= 24 * HOUR_MS && silence < 7 * 24 * HOUR_MS;
  if (tag !== undefined || late) return { messaging_type: 'MESSAGE_TAG', tag: tag ?? 'HUMAN_AGENT' };
  return { messaging_type: type ?? 'RESPONSE' };
}

/** The parts of a send that quote a message, where it does. */
export function quoteOf({ replyTo }: Outgoing): Json {
  return replyTo ? { reply_to: { mid: replyTo.providerMessageId } } : {};
}

/** A card's first line is its title, the rest its subtitle. */
export function titlesOf(text: string): { title: string; subtitle?: string } {
  const [title = '', ...rest] = text.split('\n');
  return { title, ...compact({ subtitle: rest.join('\n').trim() || undefined }) };
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
    case 'location_request':
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
