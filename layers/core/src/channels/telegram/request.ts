import type { Body, Choice, ContactCard, Entity, Interactive, Media, MediaKind } from '../../domain/body.ts';
import type { Outgoing } from '../contract.ts';
import { isVoice } from '../shared/file.ts';
import { compact } from '../shared/read.ts';
import { chatOf, numberOf } from './target.ts';

type Json = Record<string, unknown>;

export interface Call {
  method: string;
  parameters: Json;
}

/** The call of one send, or undefined when the customer has no chat here or the body can't be sent. */
export function requestOf({ to, body, replyTo }: Outgoing): Call | undefined {
  const chat = chatOf(to);
  const call = callOf(body);
  if (!chat || !call) return undefined;
  const original = body.type === 'reaction' ? undefined : numberOf(replyTo?.providerMessageId ?? '');
  const reply = original && { message_id: original, allow_sending_without_reply: true };
  return { method: call.method, parameters: { ...chat, ...call.parameters, ...compact({ reply_parameters: reply }) } };
}

/** What `sendMessage` says for an interactive body: Telegram has no header, footer or list, so they become text. */
export function textOfInteractive(interactive: Interactive, text: string): string {
  const header = 'header' in interactive ? interactive.header : undefined;
  const footer = 'footer' in interactive ? interactive.footer : undefined;
  return [header, text, rowsOf(interactive), footer].filter(Boolean).join('\n\n');
}

function callOf(body: Body): Call | undefined {
  switch (body.type) {
    case 'text':
      return { method: 'sendMessage', parameters: { text: body.text, ...entitiesOf('entities', body.entities) } };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return fileOf(body.type, body.media, body.text, body.entities);
    case 'location':
      return placeOf(body);
    case 'contacts':
      return contactOf(body.contacts[0]);
    case 'reaction':
      return reactionOf(body);
    case 'interactive':
      return interactiveOf(body.interactive, body.text ?? '', body.entities);
    default:
      return undefined;
  }
}

const methods: Record<MediaKind, string> = {
  image: 'photo',
  video: 'video',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
};

/** The member that holds the file is called like the method: `sendPhoto` takes `photo`. */
function fileOf(type: MediaKind, media: Media, caption?: string, entities?: Entity[]): Call {
  const animation = type === 'video' && media.animated ? 'animation' : undefined;
  const voice = type === 'audio' && isVoice(media) ? 'voice' : undefined;
  const member = animation ?? voice ?? methods[type];
  return {
    method: `send${member.charAt(0).toUpperCase()}${member.slice(1)}`,
    parameters: {
      [member]: media.link,
      ...compact({ caption: caption || undefined }),
      ...entitiesOf('caption_entities', entities),
    },
  };
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

/** An empty list takes the reaction back. */
function reactionOf({ emoji, target }: Extract<Body, { type: 'reaction' }>): Call | undefined {
  const message_id = numberOf(target);
  if (message_id === undefined) return undefined;
  const reaction = emoji === null ? [] : [{ type: 'emoji', emoji }];
  return { method: 'setMessageReaction', parameters: { message_id, reaction } };
}

/** Formatting of the text moves with it when a header stands before it. */
function interactiveOf(interactive: Interactive, text: string, entities?: Entity[]): Call | undefined {
  const keyboard = keyboardOf(interactive);
  if (!keyboard) return undefined;
  const header = 'header' in interactive && interactive.header ? `${interactive.header}\n\n`.length : 0;
  const moved = entities?.map((entity) => ({ ...entity, offset: entity.offset + header }));
  return {
    method: 'sendMessage',
    parameters: {
      text: textOfInteractive(interactive, text),
      ...entitiesOf('entities', moved),
      reply_markup: { inline_keyboard: keyboard.map((button) => [button]) },
    },
  };
}

function keyboardOf(interactive: Interactive): Json[] | undefined {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return interactive.buttons.map(buttonOf);
    case 'list':
      return interactive.sections.flatMap((section) => section.rows).map(buttonOf);
    case 'link_button':
      return [{ text: interactive.link.title, url: interactive.link.url }];
    case 'carousel':
    case 'reply':
      return undefined;
  }
}

function buttonOf({ id, title }: Choice): Json {
  return { text: title, callback_data: id };
}

/** Section titles and descriptions of a list, which its buttons have no room for. */
function rowsOf(interactive: Interactive): string | undefined {
  if (interactive.kind !== 'list') return undefined;
  const sections = interactive.sections.map(({ title, rows }) => {
    const described = rows.filter((row) => row.description).map((row) => `• ${row.title}: ${row.description}`);
    return [title, ...described].filter(Boolean).join('\n');
  });
  return sections.filter(Boolean).join('\n\n');
}

/** Telegram finds links, addresses, mentions and the like itself; a custom emoji can't be sent without its id. */
const sendable = new Set<Entity['type']>([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'pre',
  'blockquote',
  'text_link',
]);

function entitiesOf(member: string, entities: Entity[] | undefined): Json {
  const styled = (entities ?? []).filter((entity) => sendable.has(entity.type));
  return styled.length > 0 ? { [member]: styled } : {};
}
