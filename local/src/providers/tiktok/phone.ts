import type { TiktokAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { textAt } from '../json.ts';
import { keptAt } from '../media.ts';
import type { CustomerBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import { advance } from '../receipts.ts';
import { eventHook, newId, partiesOf, tell } from './webhooks.ts';
import { isInEurope, type Tiktok } from './world.ts';

/** A customer's act, as TikTok tells the business. Of users in Europe it tells next to nothing; their ids end in 0049. */
export function act(world: Tiktok, account: TiktokAccount, one: Act): Written {
  const { phone, body, writing } = one;
  if (body.type === 'block' || body.type === 'unblock') return block(world, account, phone, body.type === 'block');
  const said = blockOf(world, account, one);
  if (typeof said === 'string') return { ok: false, reason: said };
  const at = world.now();
  const { event = 'im_receive_msg', media, ...content } = said;
  const id = newId();
  const told: Json = {
    ...partiesOf(account, phone, 'customer', at),
    message_id: id,
    scene_type: 0,
    is_follower: false,
    message_tag: { source: 'APP' },
    ...(writing.reply_to && { referenced_message_info: { referenced_message_id: writing.reply_to } }),
    ...content,
  };
  keepComment(world, account, phone, { told, at });
  const isTold = account.webhook_url !== '' && world.tokens.hasLeave(account);
  const [name, all] = isInEurope(phone) ? (['im_receive_msg_eu', hidden(told)] as const) : [String(event), told];
  const hook = isTold ? eventHook(account, name, all, at) : undefined;
  const shown = shownBody(body);
  const note = typeof media === 'string' ? { note: { media } } : {};
  if (!shown) return { ok: true, hook };
  return {
    ok: true,
    hook,
    message: newMessage({ id, from: 'customer', body: shown, at, replyTo: writing.reply_to, ...note }),
  };
}

/** The customer has it on the screen: one mark for everything up to now. */
export async function seen(world: Tiktok, account: TiktokAccount, phone: Phone, message: PhoneMessage): Promise<void> {
  await world.receipts.report(async () => {
    if (!advance(world.phones, phone, account.external_id, message.id, 'read')) return;
    const newest = world.phones.thread(phone, account.external_id).findLast(({ from }) => from === 'business');
    if (newest?.id !== message.id) return;
    const at = world.now();
    const content = { ...partiesOf(account, phone, 'customer', at), read: { last_read_timestamp: at } };
    await tell(world, account, 'im_mark_read_msg', content, at);
  });
}

/** A comment that shows interest, which the business may answer. */
function keepComment(
  { comments }: Tiktok,
  { external_id: account }: TiktokAccount,
  phone: Phone,
  { told, at }: { told: Json; at: number },
): void {
  const id = textAt(told, 'comment_id');
  if (id !== undefined) comments.set(id, { account, phone: phone.id, at });
}

function hidden({ to, to_user, timestamp }: Json): Json {
  return { to, to_user, timestamp };
}

function blockOf(world: Tiktok, account: TiktokAccount, { phone, body, base }: Act): Json | string {
  switch (body.type) {
    case 'text':
      return { type: 'text', text: { body: body.text } };
    case 'image':
    case 'video':
      return fileOf(world, body);
    case 'sticker':
      return body.url ? { type: 'sticker', sticker: { url: new URL(body.url, base).href } } : 'no sticker';
    case 'reaction':
      return reactionOf(phone, body.message_id, body.emoji, world.now());
    case 'tap':
      return tapOf(world.phones.thread(phone, account.external_id), body.message_id, body.id);
    case 'raw':
      return body.message;
    default:
      return `TikTok has no ${body.type}`;
  }
}

function fileOf(world: Tiktok, body: Extract<CustomerBody, { type: 'image' | 'video' }>): Json | string {
  const kept = keptAt(world.media, body.url);
  if (!kept) return 'the file is gone';
  if (body.caption) return 'TikTok has no captions';
  return { type: body.type, [body.type]: { media_id: kept.id }, media: kept.id };
}

function reactionOf(phone: Phone, target: string, emoji: string, at: number): Json {
  const change = emoji === '' ? { operation: 'REMOVE' } : { operation: 'ADD', emoji };
  const reaction = {
    ...change,
    type: 'EMOJI',
    unique_identifier: phone.address,
    timestamp: at,
    original_msg_id: target,
  };
  return { type: 'reaction', reaction: [reaction] };
}

/** A tapped button comes as its words, with the card and the button's id. */
function tapOf(thread: readonly PhoneMessage[], card: string, id: string): Json | string {
  const tapped = thread.find((message) => message.id === card && message.from === 'business')?.body;
  const choice = tapped?.type === 'interactive' ? tapped.choices.find((one) => one.id === id) : undefined;
  if (!choice) return `that message has no choice ${id}`;
  const source = { reply_source_msg_id: card, reply_source_unique_id: id };
  return { type: 'text', text: { body: choice.title }, reply_source_payload: source };
}

function block(world: Tiktok, account: TiktokAccount, phone: Phone, isBlocked: boolean): Written {
  const others = phone.blocked.filter((blocked) => blocked !== account.external_id);
  world.phones.change(phone, { blocked: isBlocked ? [...others, account.external_id] : others });
  return { ok: true };
}

/** The file of a customer's message, if it is this one. */
export function mediaOf({ note = {} }: PhoneMessage): string | undefined {
  return textAt(note, 'media');
}
