import type { TiktokAccount } from '../account.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import { refuse, type Refusal } from './envelope.ts';
import { phoneOf } from './read-api.ts';
import type { Saying, Sending } from './send-schema.ts';
import { isInEurope, type Comment, type Tiktok } from './world.ts';

/** Where something goes: a customer's conversation, by itself or by a comment of theirs. */
export interface Place {
  phone: Phone;
  thread: readonly PhoneMessage[];
  comment?: Comment | undefined;
}

export function placeOf(world: Tiktok, account: TiktokAccount, data: Sending): Place | Refusal {
  const { direct_reply: direct, recipient, recipient_type: type } = data;
  if ((direct === undefined) === (recipient === undefined) || (recipient === undefined) !== (type === undefined))
    return refuse(40002, 'Either recipient_type and recipient, or direct_reply is required.');
  const comment = direct && world.comments.get(direct.comment_reply.comment_id);
  const phone = direct ? world.phones.get(comment?.phone ?? '') : phoneOf(world, account, recipient ?? '');
  const thread = phone ? world.phones.thread(phone, account.external_id) : [];
  const isKnown = phone && (direct ? comment?.account === account.external_id : isOpened(thread));
  if (!isKnown) return refuse(40007, `The ${direct ? 'comment' : 'conversation'} does not exist.`);
  return { phone, thread, comment };
}

/** TikTok's rules for direct messages, and for what one may be. */
export function brokenRule(account: TiktokAccount, place: Place, data: Saying, now: number): Refusal | undefined {
  if (place.phone.blocked.includes(account.external_id)) return refuse(40064, 'You have been blocked by the user.');
  const closed = place.comment ? closedComment(place.comment, place.thread, now) : closedWindow(place.thread, now);
  return closed ?? unquotable(data, place.thread) ?? unfit(data, place.phone);
}

/** A conversation begins with the customer. */
function isOpened(thread: readonly PhoneMessage[]): boolean {
  return thread.some(({ from }) => from === 'customer');
}

const windowMs = 48 * 3_600_000;
const mostInWindow = 10;

/** Each message of the customer's opens a window of 48 hours for 10 messages. */
function closedWindow(thread: readonly PhoneMessage[], now: number): Refusal | undefined {
  const last = thread.findLastIndex(({ from }) => from === 'customer');
  if (Date.parse(thread[last]?.at ?? '') + windowMs <= now)
    return refuse(40064, 'The 48-hour messaging window is closed.');
  if (thread.length - last > mostInWindow) return refuse(40064, 'You have sent 10 messages in the 48-hour window.');
  return undefined;
}

/** Once, within 48 hours, and not to whom the business has written within a day. */
function closedComment(comment: Comment, thread: readonly PhoneMessage[], now: number): Refusal | undefined {
  if (comment.answered) return refuse(40064, 'The comment has been answered.');
  if (comment.at + windowMs <= now) return refuse(40064, 'The comment is older than 48 hours.');
  const last = thread.findLast(({ from }) => from === 'business');
  const isRecent = last !== undefined && Date.parse(last.at) > now - windowMs / 2;
  return isRecent ? refuse(40064, 'You have written to the user in the past 24 hours.') : undefined;
}

/** A text, a picture or a post can be quoted, by a text. */
function unquotable(data: Saying, thread: readonly PhoneMessage[]): Refusal | undefined {
  const quoted = quotedBy(data);
  const target = thread.find(({ id }) => id === quoted);
  const canBe = target && ['text', 'image', 'tap'].includes(target.body.type);
  return quoted === undefined || canBe ? undefined : refuse(40002, 'Param referenced_message_id is invalid.');
}

export function quotedBy(data: Saying): string | undefined {
  return data.message_type === 'TEXT' ? data.referenced_message_info?.referenced_message_id : undefined;
}

function unfit(data: Saying, phone: Phone): Refusal | undefined {
  if (data.message_type === 'IMAGE' && isInEurope(phone)) return refuse(40002, 'Images are not supported here.');
  if (data.message_type !== 'TEMPLATE' || data.template.type === 'QA_LINK_CARD') return undefined;
  const long = data.template.buttons.some(({ title }) => title.length > 20);
  return long ? refuse(40002, 'The title of a button of QA_BUTTON_CARD has at most 20 characters.') : undefined;
}
