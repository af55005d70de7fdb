import { isRecord, type Json } from '../../json.ts';
import { recordAt, recordsAt } from '../json.ts';
import { first, invalid, object, type Check } from './check.ts';
import { list, onlyKeys, oneOf, optionalText, text, webUrl } from './params.ts';
import type { Product } from './product.ts';

/** The payload of a template attachment: a question with buttons, or cards in a row. */
export function checkTemplate(payload: Json, product: Product): Check {
  return first(
    () => oneOf(payload['template_type'], 'message[attachment][payload][template_type]', ['button', 'generic']),
    () => (payload['template_type'] === 'button' ? checkQuestion(payload, product) : checkCards(payload, product)),
  );
}

function checkQuestion(payload: Json, product: Product): Check {
  return first(
    () => onlyKeys(payload, 'payload', ['template_type', 'text', 'buttons', 'sharable']),
    () => text(payload['text'], 'payload[text]', 640),
    () => list(payload['buttons'], 'payload[buttons]', 1, 3),
    () => checkButtons(payload, product),
  );
}

function checkCards(payload: Json, product: Product): Check {
  const cards = recordsAt(payload, 'elements');
  return first(
    () => onlyKeys(payload, 'payload', ['template_type', 'elements', 'image_aspect_ratio', 'sharable']),
    () => list(payload['elements'], 'payload[elements]', 1, 10),
    ...cards.map((card) => () => checkCard(card, product)),
  );
}

const cardKeys = ['title', 'subtitle', 'image_url', 'default_action', 'buttons'];

function checkCard(card: Json, product: Product): Check {
  const { subtitle, image_url: image, buttons } = card as Record<string, unknown>;
  return first(
    () => onlyKeys(card, 'elements', cardKeys),
    () => text(card['title'], 'elements[title]', 80),
    () => optionalText(subtitle, 'elements[subtitle]', 80),
    () => (image === undefined ? undefined : webUrl(image, 'elements[image_url]')),
    () => (buttons === undefined ? undefined : list(buttons, 'elements[buttons]', 1, 3)),
    () => checkButtons(card, product),
    () =>
      Object.keys(card).length > 1
        ? undefined
        : invalid('An element needs at least one of subtitle, image_url, default_action and buttons beside its title'),
  );
}

function checkButtons(holder: Json, product: Product): Check {
  return first(...recordsAt(holder, 'buttons').map((button) => () => checkButton(button, product)));
}

const members: Record<string, (button: Json) => Check> = {
  web_url: (button) =>
    first(
      () => onlyKeys(button, 'buttons', ['type', 'title', 'url', 'webview_height_ratio', 'messenger_extensions']),
      () => webUrl(button['url'], 'buttons[url]'),
    ),
  postback: (button) =>
    first(
      () => onlyKeys(button, 'buttons', ['type', 'title', 'payload']),
      () => text(button['payload'], 'buttons[payload]', 1000),
    ),
  phone_number: (button) =>
    first(
      () => onlyKeys(button, 'buttons', ['type', 'title', 'payload']),
      () =>
        /^\+\d{7,15}$/.test(String(button['payload'])) ? undefined : invalid('buttons[payload] must be a phone number'),
    ),
};

function checkButton(button: Json, product: Product): Check {
  return first(
    () => oneOf(button['type'], 'buttons[type]', product.buttons),
    () => text(button['title'], 'buttons[title]', 20),
    () => members[String(button['type'])]?.(button),
  );
}

/** Up to 13 answers that go away once one is given. */
export function checkQuickReplies(message: Json): Check {
  const replies = message['quick_replies'];
  if (replies === undefined) return undefined;
  return first(
    () => (typeof message['text'] === 'string' ? undefined : invalid('quick_replies need a text')),
    () => list(replies, 'message[quick_replies]', 1, 13),
    ...recordsAt(message, 'quick_replies').map((reply) => () => checkQuickReply(reply)),
  );
}

function checkQuickReply(reply: Json): Check {
  const type = reply['content_type'];
  if (type !== 'text') return oneOf(type, 'quick_replies[content_type]', ['text', 'user_phone_number', 'user_email']);
  return first(
    () => onlyKeys(reply, 'quick_replies', ['content_type', 'title', 'payload', 'image_url']),
    () => text(reply['title'], 'quick_replies[title]', 20),
    () => text(reply['payload'], 'quick_replies[payload]', 1000),
  );
}

/** The payload of an attachment, where it has one. */
export function payloadOf(message: Json): Json {
  const { payload } = recordAt(message, 'attachment') as Record<string, unknown>;
  return isRecord(payload) ? payload : {};
}

export function checkAttachment(message: Json, product: Product): Check {
  const attachment = recordAt(message, 'attachment');
  const payload = payloadOf(message);
  return first(
    () => object(message['attachment'], 'message[attachment]'),
    () => onlyKeys(attachment, 'message[attachment]', ['type', 'payload']),
    () => oneOf(attachment['type'], 'message[attachment][type]', [...Object.keys(product.files), 'template']),
    () => object(attachment['payload'], 'message[attachment][payload]'),
    () => (attachment['type'] === 'template' ? checkTemplate(payload, product) : checkFile(payload)),
  );
}

/** By its link, or by the id of an upload. */
function checkFile(payload: Json): Check {
  if (payload['attachment_id'] !== undefined)
    return first(
      () => onlyKeys(payload, 'message[attachment][payload]', ['attachment_id']),
      () => text(String(payload['attachment_id']), 'message[attachment][payload][attachment_id]', 64),
    );
  return first(
    () => onlyKeys(payload, 'message[attachment][payload]', ['url', 'is_reusable']),
    () => webUrl(payload['url'], 'message[attachment][payload][url]'),
  );
}
