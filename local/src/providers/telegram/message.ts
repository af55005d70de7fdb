import { isRecord, type Json } from '../../json.ts';
import { present, recordsAt } from '../json.ts';
import type { PhoneBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { advance } from '../receipts.ts';
import { botJson, type Bot } from './bot.ts';
import { chatJson, topicOf, typeOf } from './chat.ts';
import { markupOf } from './markup.ts';
import { isGiven, nestedOf, numberOf, textOf, type Params } from './params.ts';
import { bad, isRefusal, type Refusal } from './reply.ts';

/** What a message says: its own fields, and how a phone shows them. */
export interface Content {
  fields: Json;
  body: PhoneBody;
}

/** What goes along with any message. */
export interface Extras {
  markup: Json | undefined;
  replyTo: PhoneMessage | undefined;
  quote?: Json;
  /** where in its chat it stands, and how it may be used */
  place: Json;
  /** what a phone shows beside it */
  remark?: string;
}

/** What goes along with a call: reply_markup, reply_parameters, and where it stands. */
export function extrasOf(bot: Bot, phone: Phone, params: Params): Extras | Refusal {
  const markup = markupOf(params) ?? undefined;
  if (isRefusal(markup)) return markup;
  const refusal = checkKeys(phone, params, markup);
  if (refusal) return refusal;
  const place = placeOf(bot, phone, params);
  const old = textOf(params, 'reply_to_message_id');
  const asked = isGiven(params, 'reply_parameters') ? nestedOf(params, 'reply_parameters') : old && { message_id: old };
  if (!asked) return { markup, replyTo: undefined, place };
  if (!isRecord(asked)) return bad("can't parse reply parameters JSON object");
  const connection = textOf(params, 'business_connection_id');
  const replyTo = messageOf(bot, phone, asked['message_id'], connection);
  if (replyTo) return quoted({ markup, replyTo, place }, asked);
  return asked['allow_sending_without_reply'] === true
    ? { markup, replyTo: undefined, place }
    : bad('message to be replied not found');
}

/** Keys in place of a keyboard are for people and groups; a number or a place is asked of people only. */
function checkKeys(phone: Phone, params: Params, markup: Json | undefined): Refusal | undefined {
  if (!markup || markup['inline_keyboard'] !== undefined) return undefined;
  const type = typeOf(phone);
  if (type === 'channel' || isGiven(params, 'business_connection_id'))
    return bad("reply keyboards can't be used in this chat");
  const keys = rowsOf(markup).filter(isRecord);
  if (type === 'private') return undefined;
  if (keys.some((key) => key['request_contact'])) return bad('phone number can be requested in private chats only');
  return keys.some((key) => key['request_location'])
    ? bad('location can be requested in private chats only')
    : undefined;
}

function placeOf(bot: Bot, phone: Phone, params: Params): Json {
  const topic = numberOf(params, 'message_thread_id');
  return present({
    business_connection_id: textOf(params, 'business_connection_id'),
    ...(topicOf(bot, phone, topic) && { message_thread_id: topic, is_topic_message: true }),
    has_protected_content: [true, 'true'].includes(params.values['protect_content'] as string) || undefined,
  });
}

function quoted(extras: Extras & { replyTo: PhoneMessage }, { quote }: Json): Extras | Refusal {
  if (quote === undefined) return extras;
  const text = extras.replyTo.text ?? '';
  const isPart = typeof quote === 'string' && quote !== '' && quote.length <= 1024 && text.includes(quote);
  return isPart
    ? { ...extras, quote: { text: quote, position: text.indexOf(quote), is_manual: true } }
    : bad('QUOTE_TEXT_INVALID');
}

/** A message of this chat by its number. A chat as a business account's bot sees it is another than the bot's own. */
export function messageOf(
  { world, account }: Bot,
  phone: Phone,
  id: unknown,
  connection?: string,
): PhoneMessage | undefined {
  return world.phones
    .thread(phone, account.external_id)
    .find((message) => message.id === String(id) && keptMessage(message)['business_connection_id'] === connection);
}

/** A message on the screen, whichever way it came. */
export function onPhone({ world, account }: Bot, phone: Phone, id: string): PhoneMessage | undefined {
  return world.phones.thread(phone, account.external_id).find((message) => message.id === id);
}

/** The Message object kept with a message; without what it replied to, which never nests. */
export function keptMessage({ note }: PhoneMessage): Json {
  const { reply_to_message: _nested, ...message } = isRecord(note?.['message']) ? note['message'] : {};
  return message;
}

/** The business's message arrives on the phone. Answers the Message. */
export function place(bot: Bot, phone: Phone, content: Content, extras: Extras): Json {
  const { world, account } = bot;
  const id = nextMessageId(bot, phone);
  const message = present({
    message_id: id,
    ...senderOf(bot, phone, extras),
    chat: chatJson(phone),
    date: seconds(world.now()),
    ...extras.place,
    reply_to_message: extras.replyTo && keptMessage(extras.replyTo),
    quote: extras.quote,
    ...content.fields,
    reply_markup: extras.markup?.['inline_keyboard'] && extras.markup,
  });
  const body = withChoices(content.body, extras.markup);
  const shown = newMessage({
    id: String(id),
    from: 'business',
    body,
    at: world.now(),
    replyTo: extras.replyTo?.id,
    note: { message },
  });
  world.phones.append(phone, account.external_id, { ...shown, ...(extras.remark && { remark: extras.remark }) });
  advance(
    world.phones,
    phone,
    account.external_id,
    shown.id,
    phone.open === account.external_id ? 'read' : 'delivered',
  );
  return message;
}

/** In a channel the channel speaks, in a business account's chat its owner. */
function senderOf({ account, connections }: Bot, phone: Phone, { place }: Extras): Json {
  const connection = place['business_connection_id'];
  if (typeof connection === 'string') {
    const from = { id: connections.get(connection)?.owner ?? 0, is_bot: false, first_name: 'Owner' };
    return { from, sender_business_bot: botJson(account) };
  }
  return typeOf(phone) === 'channel' ? { sender_chat: chatJson(phone) } : { from: botJson(account) };
}

/** Numbers count up inside a chat, whoever writes. */
export function nextMessageId({ world, account }: Bot, phone: Phone): number {
  return world.next(`message ${account.external_id} ${phone.address}`, 1);
}

export function seconds(at: number): number {
  return Math.floor(at / 1000);
}

/** A text with a keyboard is shown with its buttons. */
function withChoices(body: PhoneBody, markup: Json | undefined): PhoneBody {
  if (body.type !== 'text' || !markup) return body;
  const buttons = rowsOf(markup).map((button) => (typeof button === 'string' ? { text: button } : button));
  if (buttons.length === 0) return body;
  const choices = buttons.filter(({ url }) => url === undefined);
  return {
    type: 'interactive',
    text: body.text,
    choices: choices.map((button) => ({
      id: String(button['callback_data'] ?? button['text']),
      title: String(button['text']),
    })),
    links: buttons
      .filter(({ url }) => url !== undefined)
      .map((button) => ({ title: String(button['text']), url: String(button['url']) })),
  };
}

function rowsOf(markup: Json): (Json | string)[] {
  const rows = markup['inline_keyboard'] ?? markup['keyboard'];
  return Array.isArray(rows) ? rows.flat().filter((button) => typeof button === 'string' || isRecord(button)) : [];
}

/** The body of a message after its keyboard changed. */
export function bodyWith(message: Json, text: string): PhoneBody {
  const markup = isRecord(message['reply_markup']) ? message['reply_markup'] : undefined;
  return withChoices({ type: 'text', text }, markup);
}

/** True when a message carries an inline button with these data. */
export function hasButton(message: Json, data: string): boolean {
  const markup = isRecord(message['reply_markup']) ? message['reply_markup'] : {};
  const rows = Array.isArray(markup['inline_keyboard']) ? markup['inline_keyboard'] : [];
  return recordsAt({ buttons: rows.flat() }, 'buttons').some((button) => button['callback_data'] === data);
}
