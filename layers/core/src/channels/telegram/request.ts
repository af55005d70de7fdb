import type { Body, ContactCard, Entity, RichText } from '../../domain/body.ts';
import type { Outgoing } from '../contract.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import type { Call } from './call.ts';
import { entitiesOf } from './entities.ts';
import { albumCall, fileCall, type FileContent } from './file.ts';
import { keyboardOf, replyKeyboard, textOfInteractive } from './keyboard.ts';
import type { Options } from './options.ts';
import { plainEmoji } from './reactions.ts';
import { numberOf, targetOf, type Target } from './target.ts';

/**
 * The call of one send, or undefined when the customer has no chat here or the body can't be sent. `asBytes`: files go
 * along, because Telegram could not fetch them by their links.
 */
export function requestOf(outgoing: Outgoing, asBytes = false): Call | undefined {
  const target = targetOf(outgoing.to);
  if (!target) return undefined;
  const options = (outgoing.options ?? {}) as Options;
  const { body } = outgoing;
  if (body.type === 'reaction') return reactionOf(body, target);
  const forward = forwardOf(outgoing, target, options);
  if (forward) return forward;
  const call = callOf(body, options, asBytes);
  if (!call) return undefined;
  const parameters = { ...threadOf(target, options), ...call.parameters, ...aroundOf(outgoing, call, options) };
  return { ...call, parameters };
}

/** What an interactive body is beside its keyboard: a text, or a file with a caption. Undefined when Telegram has no such keyboard. */
export function withKeyboard(
  { interactive, text = '', entities }: Extract<Body, { type: 'interactive' }>,
  options: Options,
): { content: Extract<Body, { type: 'text' }> | FileContent; reply_markup: Json } | undefined {
  const reply_markup = keyboardOf(interactive, options);
  if (!reply_markup) return undefined;
  const moved = movedBehindHeader(interactive, entities);
  const words = { text: textOfInteractive(interactive, text), ...(moved ? { entities: moved } : {}) };
  const file = 'file' in interactive ? interactive.file : undefined;
  return { content: file ? { ...file, ...words } : { type: 'text', ...words }, reply_markup };
}

function callOf(body: Body, options: Options, asBytes: boolean): Call | undefined {
  switch (body.type) {
    case 'text':
      return options.poll ? pollOf(body.text, options.poll) : textOf(body, options);
    case 'interactive':
      return interactiveOf(body, options, asBytes);
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return options.album ? albumOf(body, options, asBytes) : fileCall(body, options, asBytes);
    case 'location':
      return placeOf(body);
    case 'contacts':
      return contactOf(body.contacts[0]);
    default:
      return undefined;
  }
}

/** A message of the same bot can be passed on as it is, with its author's name, except through a business account. */
function forwardOf({ forwardOf: original }: Outgoing, target: Target, options: Options): Call | undefined {
  const from = original && targetOf(original.from);
  const message_id = original && numberOf(original.providerMessageId);
  if (!from || !message_id || from.business_connection_id || target.business_connection_id) return undefined;
  const { disable_notification, protect_content, message_effect_id } = options;
  return {
    method: 'forwardMessage',
    parameters: {
      ...threadOf(target, options),
      from_chat_id: from.chat_id,
      message_id,
      ...compact({ disable_notification, protect_content, message_effect_id }),
    },
  };
}

function threadOf(target: Target, { message_thread_id }: Options): Json {
  return { ...compact({ message_thread_id }), ...target };
}

/** What goes along with any message. An album has no keyboard. */
function aroundOf({ replyTo }: Outgoing, { method, parameters }: Call, options: Options): Json {
  const { disable_notification, protect_content, allow_paid_broadcast, message_effect_id, keyboard } = options;
  const original = numberOf(replyTo?.providerMessageId ?? '');
  const takesKeys = keyboard !== undefined && method !== 'sendMediaGroup' && parameters['reply_markup'] === undefined;
  return compact({
    disable_notification,
    protect_content,
    allow_paid_broadcast,
    message_effect_id,
    reply_markup: takesKeys ? replyKeyboard(keyboard) : undefined,
    reply_parameters: original && { message_id: original, allow_sending_without_reply: true },
  });
}

function textOf({ text, entities }: RichText, { disable_link_preview }: Options): Call {
  const preview = disable_link_preview === undefined ? undefined : { is_disabled: disable_link_preview };
  return {
    method: 'sendMessage',
    parameters: { text, ...entitiesOf('entities', entities), ...compact({ link_preview_options: preview }) },
  };
}

function interactiveOf(
  body: Extract<Body, { type: 'interactive' }>,
  options: Options,
  asBytes: boolean,
): Call | undefined {
  const whole = withKeyboard(body, options);
  if (!whole) return undefined;
  const { content, reply_markup } = whole;
  const call = content.type === 'text' ? textOf(content, options) : fileCall(content, options, asBytes);
  return { ...call, parameters: { ...call.parameters, reply_markup } };
}

/** Formatting of the text moves with it when a header stands before it. */
function movedBehindHeader(interactive: { header?: string } | object, entities?: Entity[]): Entity[] | undefined {
  const before = 'header' in interactive && interactive.header ? `${interactive.header}\n\n`.length : 0;
  return entities?.map((entity) => ({ ...entity, offset: entity.offset + before }));
}

function pollOf(question: string, { options, ...rest }: NonNullable<Options['poll']>): Call {
  return { method: 'sendPoll', parameters: { question, options: options.map((text) => ({ text })), ...compact(rest) } };
}

function albumOf(first: FileContent, options: Options, asBytes: boolean): Call | undefined {
  const others = (options.album ?? []).map(({ media_url, media_type = first.type }): FileContent => ({
    type: media_type,
    media: { status: 'ready', link: media_url },
  }));
  return albumCall([first, ...others], options, asBytes);
}

/** A place with a name is a venue, which must have an address too. */
function placeOf({ latitude, longitude, name, address }: Extract<Body, { type: 'location' }>): Call {
  if (!name) return { method: 'sendLocation', parameters: { latitude, longitude } };
  return { method: 'sendVenue', parameters: { latitude, longitude, title: name, address: address || name } };
}

function contactOf(contact: ContactCard | undefined): Call | undefined {
  const [phone] = contact?.phones ?? [];
  if (!contact || phone === undefined) return undefined;
  const parameters = { phone_number: phone, first_name: contact.name, ...compact({ vcard: contact.vcard }) };
  return { method: 'sendContact', parameters };
}

/** An empty list takes the reaction back. In a business account's chat a bot can't react. */
function reactionOf({ emoji, target }: Extract<Body, { type: 'reaction' }>, chat: Target): Call | undefined {
  const message_id = numberOf(target);
  if (message_id === undefined || chat.business_connection_id !== undefined) return undefined;
  const reaction = emoji === null ? [] : [{ type: 'emoji', emoji: plainEmoji(emoji) }];
  return { method: 'setMessageReaction', parameters: { chat_id: chat.chat_id, message_id, reaction } };
}
