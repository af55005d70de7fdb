import type { Json } from '../../json.ts';
import { present } from '../json.ts';
import { hasStarted, type Phone } from '../phones.ts';
import type { Bot } from './bot.ts';
import { checkPeer } from './business.ts';
import { isGiven, numberOf, textOf, type Params } from './params.ts';
import { bad, type Refusal } from './reply.ts';

type ChatType = 'private' | 'group' | 'supergroup' | 'channel';

/**
 * A phone's address is the chat's id: positive for a person, negative for a group as one of its members sees it. The name of such a
 * phone is the group's title, with the member's in brackets (`Team (Sara)`) or, for a channel, its `@username` (`News @nile_news`).
 */
export function typeOf({ address, name }: Phone): ChatType {
  if (!address.startsWith('-')) return 'private';
  if (/ @\w+$/.test(name)) return 'channel';
  return address.startsWith('-100') ? 'supergroup' : 'group';
}

/** The chat that a call names; a bot may only write where it was let in. */
export function chatOf(bot: Bot, params: Params, name = 'chat_id'): Phone | Refusal {
  const id = textOf(params, name);
  if (id === undefined || id === '') return bad('chat_id is empty');
  const to = bot.moved.get(id);
  if (to !== undefined) return upgraded(to);
  const phone = phoneOf(bot, id);
  if (!phone) return bad('chat not found');
  const connection = name === 'chat_id' ? textOf(params, 'business_connection_id') : undefined;
  if (connection !== undefined) return checkPeer(bot, phone, connection) ?? phone;
  const refusal = checkAccess(bot, phone);
  if (refusal) return refusal;
  const thread = name === 'chat_id' && isGiven(params, 'message_thread_id');
  return thread && !topicOf(bot, phone, numberOf(params, 'message_thread_id'))
    ? bad('message thread not found')
    : phone;
}

function upgraded(to: string): Refusal {
  const refusal = bad('group chat was upgraded to a supergroup chat');
  return { ...refusal, parameters: { migrate_to_chat_id: Number(to) } };
}

function phoneOf({ world }: Bot, id: string): Phone | undefined {
  if (id.startsWith('@')) return world.phones.list().find((phone) => phone.name.endsWith(` ${id}`));
  return /^-?\d+$/.test(id) ? world.phones.at(id) : undefined;
}

function checkAccess({ account }: Bot, phone: Phone): Refusal | undefined {
  const type = typeOf(phone);
  const isBlocked = phone.blocked.includes(account.external_id);
  if (isBlocked && type === 'private') return forbidden('bot was blocked by the user');
  if (isBlocked) return forbidden(`bot was kicked from the ${type} chat`);
  if (hasStarted(phone, account.external_id)) return undefined;
  return type === 'private'
    ? forbidden("bot can't initiate conversation with a user")
    : forbidden(`bot is not a member of the ${type} chat`);
}

/** The name of a topic. */
export function topicOf({ topics }: Bot, phone: Phone, id: number | undefined): string | undefined {
  return id === undefined ? undefined : topics.get(phone.address)?.get(id);
}

export function chatJson(phone: Phone): Json {
  const [id, type] = [Number(phone.address), typeOf(phone)];
  if (type === 'private') return { id, ...namesOf(phone.name), type };
  return present({ id, title: titleOf(phone), username: / @(\w+)$/.exec(phone.name)?.[1], type });
}

/** Who holds the phone. */
export function userJson(phone: Phone): Json {
  const language_code = /[\u0600-\u06FF]/.test(phone.name) ? 'ar' : 'en';
  const isPerson = typeOf(phone) === 'private';
  const name = isPerson ? phone.name : (/\(([^()]+)\)$/.exec(phone.name)?.[1] ?? 'Member');
  const id = isPerson ? Number(phone.address) : 5_000_000_000 + (Math.abs(Number(phone.address)) % 1e9);
  return { id, is_bot: false, ...namesOf(name), language_code };
}

function titleOf({ name }: Phone): string {
  return name.replace(/ (@\w+|\([^()]+\))$/, '');
}

function namesOf(name: string): Json {
  const [first = name, ...rest] = name.split(' ');
  return { first_name: first, ...(rest.length > 0 && { last_name: rest.join(' ') }) };
}

function forbidden(why: string): Refusal {
  return { error_code: 403, description: `Forbidden: ${why}` };
}
