import { json, type Answer } from '../http.ts';
import type { Json } from '../../json.ts';
import { recordAt, textAt } from '../json.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import type { Outcome } from '../provider.ts';
import { advance } from '../receipts.ts';
import { invalid, type Check } from './check.ts';
import { displayOf } from './display.ts';
import { graphError } from './errors.ts';
import { fetchAttachment, linkTo } from './files.ts';
import { delivered, seen } from './phone.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';
import { checkSend } from './validate.ts';
import { tell } from './webhooks.ts';

/** `POST /{sender}/messages` */
export async function send(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  body: Json,
  base: string,
): Promise<Outcome> {
  const phone = world.phones.at(textAt(recordAt(body, 'recipient'), 'id') ?? '');
  const wrong =
    checkSend(body, product, account) ?? (phone ? refusal(world, product, account, body, phone) : undefined);
  if (wrong) return { answer: graphError(wrong) };
  if (!phone) return { answer: graphError(product.noSuchUser) };
  return body['sender_action'] === undefined
    ? sendMessage(world, product, account, { body, base, phone })
    : { answer: doAction(world, account, body, phone) };
}

const dayMs = 86_400_000;

/** What depends on the customer: who blocked the account, who has been silent for too long, and what was never said. */
function refusal(world: MetaWorld, product: Product, account: MetaAccount, body: Json, phone: Phone): Check {
  const thread = world.phones.thread(phone, account.external_id);
  if (phone.blocked.includes(account.external_id)) return { code: 551, subcode: 1545041 };
  const target = recordAt(body, 'reply_to')['mid'] ?? recordAt(body, 'payload')['message_id'];
  const last = thread.findLast(({ from }) => from === 'customer');
  const window = windowOf(body);
  const isOpen = window === undefined || (last !== undefined && Date.parse(last.at) + window > world.now());
  if (!isOpen) return product.windowClosed;
  const isKnown = target === undefined || thread.some(({ id }) => id === target);
  return isKnown ? undefined : invalid('The message id is not one of this conversation');
}

/** People may answer for seven days; a utility template may go at any time. */
function windowOf(body: Json): number | undefined {
  if (body['messaging_type'] === 'UTILITY') return undefined;
  return body['messaging_type'] === 'MESSAGE_TAG' ? 7 * dayMs : dayMs;
}

interface Sending {
  body: Json;
  base: string;
  phone: Phone;
}

async function sendMessage(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  { body, base, phone }: Sending,
): Promise<Outcome> {
  const message = recordAt(body, 'message');
  const attachment = recordAt(message, 'attachment');
  const isFile = message['attachment'] !== undefined && attachment['type'] !== 'template';
  const fetched = isFile ? await fetchAttachment(world, product, account, attachment, base) : undefined;
  if (fetched && 'problem' in fetched) return { answer: graphError(fetched.problem) };
  const shown = newMessage({
    id: product.newMessageId(),
    from: 'business',
    body: displayOf(message, product, fetched?.shownAt),
    at: world.now(),
    replyTo: textAt(recordAt(body, 'reply_to'), 'mid'),
    note: { quick: message['quick_replies'] !== undefined },
  });
  const echoed = { ...message, ...(isFile && { attachment: echoOf(world, attachment, base) }) };
  return {
    answer: json(200, { recipient_id: phone.address, message_id: shown.id }),
    after: () => deliver(world, product, account, { message: echoed, shown, phone }),
  };
}

/** An uploaded file comes back as a link to it. */
function echoOf(world: MetaWorld, attachment: Json, base: string): Json {
  const kept = world.media.get(textAt(recordAt(attachment, 'payload'), 'attachment_id') ?? '');
  return kept ? { ...attachment, payload: { url: linkTo(base, kept, world.now()) } } : attachment;
}

interface Delivering {
  message: Json;
  shown: PhoneMessage;
  phone: Phone;
}

async function deliver(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  { message, shown, phone }: Delivering,
): Promise<void> {
  const content = { mid: shown.id, ...contentOf(message), ...product.echo(account, message) };
  const at = Date.parse(shown.at);
  world.together(() => {
    world.phones.append(phone, account.external_id, shown);
    void tell(world, product, account, phone, { message: content }, { at, echo: true });
  });
  await delivered(world, product, account, phone, shown);
  if (phone.open === account.external_id) await seen(world, product, account, phone);
}

/** Quick replies are not echoed. */
function contentOf(message: Json): Json {
  const attachment = message['attachment'];
  return {
    ...(message['text'] !== undefined && { text: message['text'] }),
    ...(attachment !== undefined && { attachments: [attachment] }),
  };
}

function doAction(world: MetaWorld, account: MetaAccount, body: Json, phone: Phone): Answer {
  const action = textAt(body, 'sender_action') ?? '';
  const thread = world.phones.thread(phone, account.external_id);
  if (action === 'mark_seen') {
    for (const { id, from } of thread)
      if (from === 'customer') advance(world.phones, phone, account.external_id, id, 'read');
  } else if (action.startsWith('typing')) {
    world.events.emit({ type: 'typing', phone: phone.id, account: account.external_id, action });
  } else {
    react(world, account, phone, recordAt(body, 'payload'));
  }
  return json(200, { recipient_id: phone.address });
}

/** The phone shows a reaction as a message that points to another. */
function react(world: MetaWorld, account: MetaAccount, phone: Phone, payload: Json): void {
  const target = textAt(payload, 'message_id') ?? '';
  const given = textAt(payload, 'reaction') ?? '';
  const emoji = given === 'love' ? '❤' : given;
  const id = `${target}:${world.next('reaction', 1)}`;
  const shown = newMessage({
    id,
    from: 'business',
    body: { type: 'reaction', message_id: target, emoji },
    at: world.now(),
  });
  world.phones.append(phone, account.external_id, { ...shown, status: 'read' });
}
