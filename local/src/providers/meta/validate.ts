import type { Json } from '../../json.ts';
import { recordAt } from '../json.ts';
import { first, invalid, object, required, type Check } from './check.ts';
import { none, onlyKeys, oneOf, optionalText, text } from './params.ts';
import type { MetaAccount, Product } from './product.ts';
import { checkAttachment, checkQuickReplies } from './templates.ts';

const envelope = ['recipient', 'message', 'messaging_type', 'tag', 'sender_action', 'payload', 'reply_to'];
const actions = ['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact'];

/** Everything Graph refuses about a send before it looks for the customer. */
export function checkSend(body: Json, product: Product, account: MetaAccount): Check {
  const { message, sender_action: action } = body as Record<string, unknown>;
  return first(
    () => onlyKeys(body, 'body', [...envelope, ...Object.keys(product.sendMembers)]),
    ...Object.entries(product.sendMembers).map(
      ([name, check]) =>
        () =>
          check(body[name]),
    ),
    () => checkRecipient(body),
    () =>
      message !== undefined && action !== undefined
        ? { code: 100, subcode: 2018014, message: 'message and sender_action can not be sent together' }
        : undefined,
    () => (message === undefined && action === undefined ? required('message') : undefined),
    () => (action === undefined ? checkMessage(body, product, account) : checkAction(body, product)),
  );
}

function checkRecipient(body: Json): Check {
  const recipient = recordAt(body, 'recipient');
  return first(
    () => object(body['recipient'], 'recipient'),
    () => onlyKeys(recipient, 'recipient', ['id']),
    () => text(recipient['id'], 'recipient[id]', 64),
  );
}

function checkAction(body: Json, product: Product): Check {
  const payload = recordAt(body, 'payload');
  const isReaction = body['sender_action'] === 'react';
  const hasPayload = isReaction || body['sender_action'] === 'unreact';
  return first(
    () => oneOf(body['sender_action'], 'sender_action', actions),
    () => (body['messaging_type'] === undefined ? undefined : invalid('sender_action takes no messaging_type')),
    () => (hasPayload ? object(body['payload'], 'payload') : none(body['payload'], 'payload')),
    () => none(body['tag'], 'tag'),
    () => none(body['reply_to'], 'reply_to'),
    () => onlyKeys(payload, 'payload', isReaction ? ['message_id', 'reaction'] : ['message_id']),
    () => (isReaction ? text(payload['reaction'], 'payload[reaction]', 16) : undefined),
    () => (isReaction ? product.checkReaction(String(payload['reaction'])) : undefined),
  );
}

function checkMessage(body: Json, product: Product, account: MetaAccount): Check {
  const message = recordAt(body, 'message');
  return first(
    () => object(body['message'], 'message'),
    () => checkType(body, product, account),
    () => onlyKeys(message, 'message', ['text', 'attachment', 'quick_replies', ...product.members]),
    () => checkContent(message, product),
    () => checkQuickReplies(message),
    () => optionalText(message['metadata'], 'message[metadata]', 999),
    () => (body['reply_to'] === undefined ? undefined : checkReply(recordAt(body, 'reply_to'))),
  );
}

function checkReply(reply: Json): Check {
  return first(
    () => onlyKeys(reply, 'reply_to', ['mid']),
    () => text(reply['mid'], 'reply_to[mid]', 512),
  );
}

/** The tags other than these were taken away on 2026-04-27. */
function checkType(body: Json, product: Product, account: MetaAccount): Check {
  const { messaging_type: type, tag, message } = body as Record<string, unknown>;
  if (type === undefined && product.needsMessagingType(account)) return required('messaging_type');
  const isTemplate = typeof message === 'object' && message !== null && 'template' in message;
  return first(
    () => (type === undefined ? undefined : oneOf(type, 'messaging_type', product.messagingTypes)),
    () => (type === 'MESSAGE_TAG' ? oneOf(tag, 'tag', product.tags) : undefined),
    () => (type !== 'MESSAGE_TAG' && tag !== undefined ? invalid('tag needs messaging_type MESSAGE_TAG') : undefined),
    () => ((type === 'UTILITY') === isTemplate ? undefined : invalid('UTILITY is for templates, and for them only')),
  );
}

/** One of text, attachment and template. */
function checkContent(message: Json, product: Product): Check {
  const given = ['text', 'attachment', 'template'].filter((member) => message[member] !== undefined);
  if (given.length !== 1) return invalid('Message must have exactly one of text, attachment and template');
  switch (given[0]) {
    case 'text':
      return first(
        () => text(message['text'], 'message[text]', Number.POSITIVE_INFINITY),
        () => product.checkText(String(message['text'])),
      );
    case 'attachment':
      return checkAttachment(message, product);
    default:
      return product.checkTemplate(message['template']);
  }
}
