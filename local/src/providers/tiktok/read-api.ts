import type { TiktokAccount } from '../account.ts';
import { parseJson, type Json } from '../../json.ts';
import { textAt } from '../json.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import { isRefusal, ok, refuse, refused, type Refusal } from './envelope.ts';
import type { Answer } from '../http.ts';
import { mediaOf } from './phone.ts';
import { conversationIdOf, partiesOf } from './webhooks.ts';
import { isInEurope, type Tiktok } from './world.ts';

type Read = (world: Tiktok, account: TiktokAccount, query: URLSearchParams) => Json | Refusal;

/** What an account may read, by path. */
const reads: Record<string, Read> = {
  '/business/get/': businessOf,
  '/business/message/capabilities/get/': capabilitiesOf,
  '/business/message/conversation/list/': conversationsOf,
  '/business/message/content/list/': contentsOf,
};

/** Undefined when there is nothing at this path. `path`: below the version. */
export function read(world: Tiktok, account: TiktokAccount, path: string, query: URLSearchParams): Answer | undefined {
  const reading = reads[path];
  if (!reading) return undefined;
  const isOwn = query.get('business_id') === account.external_id;
  const found = isOwn ? reading(world, account, query) : refuse(40001, 'No permission for this business_id.');
  return isRefusal(found) ? refused(found) : ok(found);
}

const fields: Record<string, (account: TiktokAccount) => unknown> = {
  username: ({ name }) => name.toLowerCase().replaceAll(/\s+/g, '.'),
  display_name: ({ name }) => name,
  profile_image: () => 'https://p16.tiktokcdn.example/avatar.jpeg',
};

function businessOf({ tokens }: Tiktok, account: TiktokAccount, query: URLSearchParams): Json | Refusal {
  if (!tokens.scopesOf(account).includes('user.info.basic')) return refuse(40001, 'No permission: user.info.basic.');
  const asked = parseJson(query.get('fields') ?? '["username"]');
  if (!Array.isArray(asked) || !asked.every((field) => String(field) in fields))
    return refuse(40002, 'Param fields is invalid.');
  return Object.fromEntries(asked.map((field) => [String(field), fields[String(field)]?.(account)]));
}

function capabilitiesOf(world: Tiktok, account: TiktokAccount, query: URLSearchParams): Json | Refusal {
  const types = parseJson(query.get('capability_types') ?? '');
  if (!Array.isArray(types) || types.some((type) => type !== 'IMAGE_SEND') || !typeIn(query))
    return refuse(40002, 'Params conversation_type and capability_types are required.');
  const phone = phoneOf(world, account, query.get('conversation_id'));
  if (!phone) return badConversation;
  return { capability_infos: [{ capability_type: 'IMAGE_SEND', capability_result: !isInEurope(phone) }] };
}

const badConversation = refuse(40002, 'Param conversation_id is invalid.');

function typeIn(query: URLSearchParams): 'SINGLE' | 'STRANGER' | undefined {
  const type = query.get('conversation_type');
  return type === 'SINGLE' || type === 'STRANGER' ? type : undefined;
}

/** `STRANGER`: the business has not answered yet. The newest first. */
function conversationsOf({ phones }: Tiktok, account: TiktokAccount, query: URLSearchParams): Json | Refusal {
  const [type, limit, from] = [typeIn(query), Number(query.get('limit') ?? 10), Number(query.get('cursor') ?? 0)];
  if (!type || !(limit >= 1 && limit <= 100)) return refuse(40002, 'Param conversation_type or limit is invalid.');
  const all = phones.list().flatMap((phone) => {
    const thread = phones.thread(phone, account.external_id);
    const last = thread.at(-1);
    const isStranger = !thread.some(({ from: side }) => side === 'business');
    if (!last || isStranger !== (type === 'STRANGER')) return [];
    return [{ conversation_id: conversationIdOf(account, phone), update_time: Date.parse(last.at) }];
  });
  const newest = all.toSorted((one, other) => other.update_time - one.update_time);
  const to = from + limit;
  return { conversations: newest.slice(from, to), has_more: to < newest.length, cursor: String(to) };
}

const mostContents = 20;

/** The newest 20, and no more. */
function contentsOf(world: Tiktok, account: TiktokAccount, query: URLSearchParams): Json | Refusal {
  const phone = phoneOf(world, account, query.get('conversation_id'));
  if (!phone) return badConversation;
  const messages = world.phones
    .thread(phone, account.external_id)
    .slice(-mostContents)
    .map((message) => contentOf(account, phone, message))
    .toReversed();
  const participants = [
    { id: phone.address, role: 'PERSONAL_ACCOUNT', display_name: phone.name },
    { id: account.external_id, role: 'BUSINESS_ACCOUNT', display_name: account.name },
  ];
  return { participants, messages };
}

/** As the lists write a message: types in capitals, and both sides by other names than in webhooks. */
function contentOf(account: TiktokAccount, phone: Phone, message: PhoneMessage): Json {
  const {
    from,
    to,
    unique_identifier: _,
    ...parties
  } = partiesOf(account, phone, message.from, Date.parse(message.at));
  const { type, ...block } = blockOf(message);
  return { ...parties, sender: from, recipient: to, message_id: message.id, message_type: type, ...block };
}

function blockOf(message: PhoneMessage): { type: string } & Json {
  const { body, note } = message;
  if (body.type === 'image' || body.type === 'video')
    return { type: body.type.toUpperCase(), [body.type]: { media_id: mediaOf(message) } };
  if (note?.['post'] !== undefined) return { type: 'SHARE_POST', share_post: { video_id: textAt(note, 'post') } };
  if (body.type === 'text' || body.type === 'tap') return { type: 'TEXT', text: { body: message.text } };
  if (body.type === 'sticker') return { type: 'STICKER', sticker: { url: body.url } };
  return { type: body.type === 'interactive' ? 'TEMPLATE' : 'OTHER' };
}

export function phoneOf({ phones }: Tiktok, account: TiktokAccount, conversation: string | null): Phone | undefined {
  return phones.list().find((one) => conversationIdOf(account, one) === conversation);
}
