import type { Json } from '../../json.ts';
import { keptAt } from '../media.ts';
import { isMediaBody, type CustomerBody, type MediaBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { shownBody, type Act, type Written } from '../provider.ts';
import { advance } from '../receipts.ts';
import { linkTo } from './files.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';
import { hookOf, tell } from './webhooks.ts';

/** A customer's act, as Meta tells the business. */
export function act(world: MetaWorld, product: Product, account: MetaAccount, one: Act): Written {
  const { phone, body, writing } = one;
  if (body.type === 'block' || body.type === 'unblock') return block(world, account, phone, body.type === 'block');
  if (body.type === 'unsend') return unsend(world, product, account, phone, body.message_id);
  const id = product.newMessageId();
  const event = eventOf(world, product, account, one, id);
  if (typeof event === 'string') return { ok: false, reason: event };
  const at = world.now();
  const shown = shownBody(body);
  return {
    ok: true,
    hook: hookOf(world, product, account, phone, event, { at }),
    ...(shown && { message: newMessage({ id, from: 'customer', body: shown, at, replyTo: writing.reply_to }) }),
  };
}

/** The phone got the message. */
export async function delivered(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  phone: Phone,
  { id }: PhoneMessage,
): Promise<void> {
  await world.receipts.report(async () => {
    const at = world.now();
    if (!advance(world.phones, phone, account.external_id, id, 'delivered') || !product.reportsDelivery) return;
    const event = { delivery: { mids: [id], watermark: at } };
    await tell(world, product, account, phone, event, { at });
  });
}

/** The customer has the thread on the screen: everything in it is read, which is told once. */
export async function seen(world: MetaWorld, product: Product, account: MetaAccount, phone: Phone): Promise<void> {
  await world.receipts.report(async () => {
    const at = world.now();
    const sent = world.phones.thread(phone, account.external_id).filter(({ from }) => from === 'business');
    const fresh = sent.filter(({ id }) => advance(world.phones, phone, account.external_id, id, 'read'));
    const last = fresh.at(-1);
    if (!last) return;
    await tell(world, product, account, phone, { read: product.seen(last.id, at) }, { at });
  });
}

function eventOf(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  { phone, body, writing, base }: Act,
  mid: string,
): Json | string {
  if (isMediaBody(body)) return media(world, product, body, { mid, base });
  switch (body.type) {
    case 'text':
      return { message: { mid, text: body.text, ...(writing.reply_to && { reply_to: { mid: writing.reply_to } }) } };
    case 'reaction':
      return { reaction: reactionOf(body) };
    case 'edit':
      return edit(world, account, phone, body);
    case 'tap':
      return tap(world.phones.thread(phone, account.external_id), body, mid);
    case 'raw':
      return { message: { mid, ...body.message } };
    default:
      return `${product.label} has no ${body.type}`;
  }
}

const types: Record<MediaBody['type'], string> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  document: 'file',
  sticker: 'sticker',
};

/** The thumb that is the app's own button. */
const thumb = 369_239_263_222_822;

function media(
  world: MetaWorld,
  product: Product,
  body: MediaBody,
  { mid, base }: { mid: string; base: string },
): Json | string {
  if (body.caption) return `${product.label} has no captions: send the words by themselves`;
  if (body.type === 'sticker' && !product.hasStickers) return `${product.label} does not pass stickers on`;
  const kept = keptAt(world.media, body.url);
  if (!kept) return 'the file is gone';
  const payload = { url: linkTo(base, kept, world.now()), ...(body.type === 'sticker' && { sticker_id: thumb }) };
  return { message: { mid, attachments: [{ type: types[body.type], payload }] } };
}

const reactions: Record<string, string> = {
  '❤': 'love',
  '👍': 'like',
  '👎': 'dislike',
  '😆': 'smile',
  '😮': 'wow',
  '😢': 'sad',
  '😠': 'angry',
};

function reactionOf({ message_id: mid, emoji }: Extract<CustomerBody, { type: 'reaction' }>): Json {
  if (emoji === '') return { mid, action: 'unreact' };
  return { mid, action: 'react', reaction: reactions[emoji.replace('\ufe0f', '')] ?? 'other', emoji };
}

/** A quick reply comes back as a message of the customer, a button as a postback. */
function tap(
  thread: readonly PhoneMessage[],
  { message_id, id }: { message_id: string; id: string },
  mid: string,
): Json | string {
  const tapped = thread.find((message) => message.id === message_id && message.from === 'business');
  if (tapped?.body.type !== 'interactive') return 'that message has nothing to tap';
  const choice = tapped.body.choices.find((one) => one.id === id);
  if (!choice) return `that message has no choice ${id}`;
  const { title } = choice;
  return tapped.note?.['quick'] === true
    ? { message: { mid, text: title, quick_reply: { payload: id } } }
    : { postback: { mid, title, payload: id } };
}

function block(world: MetaWorld, account: MetaAccount, phone: Phone, isBlocked: boolean): Written {
  const others = phone.blocked.filter((one) => one !== account.external_id);
  world.phones.change(phone, { blocked: isBlocked ? [...others, account.external_id] : others });
  return { ok: true };
}

/** Customers take back what they wrote; on Messenger no webhook tells of it. */
function unsend(world: MetaWorld, product: Product, account: MetaAccount, phone: Phone, mid: string): Written {
  if (!ownOf(world, account, phone, mid)) return { ok: false, reason: 'that is no message of this customer' };
  world.phones.remove(phone, account.external_id, mid);
  if (!product.tellsUnsend) return { ok: true };
  const event = { message: { mid, is_deleted: true } };
  return { ok: true, hook: hookOf(world, product, account, phone, event, { at: world.now() }) };
}

const mostEdits = 5;

function edit(
  world: MetaWorld,
  account: MetaAccount,
  phone: Phone,
  { message_id: mid, text }: { message_id: string; text: string },
): Json | string {
  const message = ownOf(world, account, phone, mid);
  if (message?.body.type !== 'text') return 'that is no text of this customer';
  const edits = Number(message.note?.['edits'] ?? 0) + 1;
  if (edits > mostEdits) return `a message can be edited ${mostEdits} times`;
  const changed = { ...message, text, body: { type: 'text', text } as const, note: { ...message.note, edits } };
  world.phones.replace(phone, account.external_id, changed);
  return { message_edit: { mid, text, num_edit: edits } };
}

function ownOf(world: MetaWorld, account: MetaAccount, phone: Phone, mid: string): PhoneMessage | undefined {
  return world.phones.thread(phone, account.external_id).find(({ id, from }) => id === mid && from === 'customer');
}
