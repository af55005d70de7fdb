import type { Json } from '../../json.ts';
import { recordAt, shown } from '../json.ts';
import { first, invalid, object, required, type Check } from '../meta/check.ts';
import { checkContacts } from './contacts.ts';
import { checkInteractive } from './interactive.ts';
import { checkMedia } from './media-params.ts';
import { list, notValid, onlyKeys, optionalFlag, optionalText, text } from './params.ts';
import { checkTemplate } from './template.ts';
import type { FindTemplate } from './templates.ts';

const envelope = [
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'type',
  'context',
  'biz_opaque_callback_data',
  'recipient_identity_key_hash',
];

const kinds: Record<string, (message: Json, find: FindTemplate) => Check> = {
  text: checkText,
  image: (message) => checkMedia(message, 'image', ['caption']),
  video: (message) => checkMedia(message, 'video', ['caption']),
  audio: (message) => checkMedia(message, 'audio', ['voice']),
  document: (message) => checkMedia(message, 'document', ['caption', 'filename']),
  sticker: (message) => checkMedia(message, 'sticker', []),
  location: checkLocation,
  contacts: ({ contacts }) =>
    first(
      () => list(contacts, 'contacts', 1, 257),
      () => checkContacts(contacts as unknown[]),
    ),
  reaction: checkReaction,
  interactive: (message) =>
    first(
      () => object(message['interactive'], 'interactive'),
      () => checkInteractive(recordAt(message, 'interactive')),
    ),
  template: (message, find) =>
    first(
      () => object(message['template'], 'template'),
      () => checkTemplate(recordAt(message, 'template'), find),
    ),
};

/** Everything Graph refuses about a message before it looks at the recipient. */
export function checkMessage(message: Json, find: FindTemplate): Check {
  const type = message['type'] ?? 'text';
  const kind = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  return first(
    () => checkProduct(message),
    () => checkRecipient(message),
    () =>
      kind
        ? undefined
        : invalid(`Param type must be one of {${Object.keys(kinds).join(', ').toUpperCase()}} - got "${shown(type)}".`),
    () => unknownKey(message, shown(type)),
    () => optionalText(message['biz_opaque_callback_data'], 'biz_opaque_callback_data', 512),
    () => checkContext(message),
    () => kind?.(message, find),
  );
}

/** `{status: 'read', message_id, typing_indicator?}` */
export function checkRead(message: Json): Check {
  const typing = message['typing_indicator'];
  return first(
    () => checkProduct(message),
    () => (message['status'] === 'read' ? undefined : invalid('Param status must be one of {READ}.')),
    () => text(message['message_id'], 'message_id', 512),
    () =>
      typing === undefined || recordAt(message, 'typing_indicator')['type'] === 'text'
        ? undefined
        : notValid('typing_indicator.type must be text'),
  );
}

function checkProduct(message: Json): Check {
  if (message['messaging_product'] === undefined) return required('messaging_product');
  return message['messaging_product'] === 'whatsapp'
    ? undefined
    : invalid('Param messaging_product must be one of {WHATSAPP}.');
}

function checkRecipient(message: Json): Check {
  const { to, recipient, recipient_type: type = 'individual' } = message as Record<string, unknown>;
  if (type !== 'individual')
    return invalid('Param recipient_type must be one of {INDIVIDUAL} for a number without groups.');
  if (to === undefined && recipient === undefined) return required('to');
  if (to !== undefined && !isPhoneNumber(to)) return notValid('Recipient phone number is not valid');
  const isBsuid =
    to !== undefined || (typeof recipient === 'string' && /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient));
  return isBsuid ? undefined : notValid('Recipient user id is not valid');
}

/** Digits with an optional plus; spaces, brackets and dashes are tolerated. */
function isPhoneNumber(to: unknown): boolean {
  return typeof to === 'string' && /^\+?[\d\s()-]+$/.test(to) && /^[1-9]\d{6,14}$/.test(to.replaceAll(/\D/g, ''));
}

function unknownKey(message: Json, type: string): Check {
  const extra = Object.keys(message).find((key) => key !== type && !envelope.includes(key));
  return extra === undefined ? undefined : invalid(`Unexpected key "${extra}" on a ${type} message.`);
}

function checkContext(message: Json): Check {
  const { context } = message as Record<string, unknown>;
  if (context === undefined) return undefined;
  return first(
    () => object(context, 'context'),
    () => onlyKeys(recordAt(message, 'context'), 'context', ['message_id']),
    () => text(recordAt(message, 'context')['message_id'], "context['message_id']", 512),
  );
}

function checkText(message: Json): Check {
  const value = recordAt(message, 'text');
  return first(
    () => object(message['text'], 'text'),
    () => onlyKeys(value, 'text', ['body', 'preview_url']),
    () => text(value['body'], "text['body']", 4096),
    () => optionalFlag(value['preview_url'], "text['preview_url']"),
  );
}

function checkLocation(message: Json): Check {
  const value = recordAt(message, 'location');
  return first(
    () => object(message['location'], 'location'),
    () => onlyKeys(value, 'location', ['latitude', 'longitude', 'name', 'address']),
    () => coordinate(value['latitude'], 'latitude', 90),
    () => coordinate(value['longitude'], 'longitude', 180),
    () => optionalText(value['name'], "location['name']", 1000),
    () => optionalText(value['address'], "location['address']", 1000),
  );
}

function coordinate(value: unknown, name: string, most: number): Check {
  if (value === undefined || value === '') return required(`location['${name}']`);
  const degrees = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Math.abs(degrees) <= most ? undefined : notValid(`location.${name} must be between -${most} and ${most}`);
}

/** An empty emoji takes the reaction back. */
function checkReaction(message: Json): Check {
  const value = recordAt(message, 'reaction');
  const { emoji } = value as Record<string, unknown>;
  return first(
    () => object(message['reaction'], 'reaction'),
    () => onlyKeys(value, 'reaction', ['message_id', 'emoji']),
    () => text(value['message_id'], "reaction['message_id']", 512),
    () =>
      emoji === '' || (typeof emoji === 'string' && /^\p{RGI_Emoji}$/v.test(emoji))
        ? undefined
        : notValid('reaction.emoji must be one emoji'),
    () => (message['context'] === undefined ? undefined : invalid('Unexpected key "context" on a reaction message.')),
  );
}
