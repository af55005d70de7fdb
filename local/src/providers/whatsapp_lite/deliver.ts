import type { WhatsappLiteAccount } from '../account.ts';
import type { PhoneBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { advance } from '../receipts.ts';
import { textAt } from '../json.ts';
import { chatNamed, type Chat, type Lite } from './chats.ts';
import { chatIdOf, keyOf, messageId } from './ids.ts';
import type { Ack, Told } from './payload.ts';
import { hooksOf, keep, tell } from './webhooks.ts';

/** A message the business sends, by API or on its own phone. */
interface Sending {
  /** a number's digits, a privacy id or a group, as whatsapp-web names chats */
  to: string;
  body: PhoneBody;
  source: 'api' | 'app';
  replyTo?: string | undefined;
  base: string;
}

interface Sent {
  message: PhoneMessage;
  /** as the webhook and the API's answer have it */
  told: Told;
  /** echo and statuses */
  after: () => Promise<void>;
}

/**
 * The message is on the customer's phone at once, or on all of a group's; the echo and what the phones report follow. Whatever is on a phone is told of, also
 * when the process ends before the answer.
 */
export function sendTo(lite: Lite, account: WhatsappLiteAccount, sending: Sending): Sent {
  const chat = chatNamed(lite, account, sending.to);
  const chatId = chat?.id ?? (sending.to.includes('@') ? sending.to : chatIdOf(sending.to));
  const quoted = messageNamed(lite, account, sending.replyTo);
  const message = newMessage({
    id: messageId(true, chatId),
    from: 'business',
    body: sending.body,
    at: lite.now(),
    replyTo: quoted?.id,
    note: { chat: chatId },
  });
  const reached = (chat?.phones ?? []).filter((phone) => !phone.blocked.includes(account.external_id));
  const { source, base } = sending;
  const phone = chat?.isGroup ? undefined : chat?.phones[0];
  const told: Told = { account, message, chatId, phone, source, ack: 0, quoted, media: lite.media, base };
  const echo = lite.together(() => {
    for (const each of reached) lite.phones.append(each, account.external_id, message);
    return keep(lite, account, hooksOf(account).message(told, lite.now()));
  });
  return { message, told, after: () => follow(lite, told, { chat, reached, echo }) };
}

/** The phone got the message, or has it on the screen. */
export async function report(
  lite: Lite,
  account: WhatsappLiteAccount,
  phone: Phone,
  message: PhoneMessage,
  status: 'delivered' | 'read',
): Promise<void> {
  await lite.receipts.report(async () => {
    if (!advance(lite.phones, phone, account.external_id, message.id, status)) return;
    const chatId = textAt(message.note ?? {}, 'chat') ?? chatIdOf(phone.address);
    const participant = chatId.endsWith('@g.us') ? chatIdOf(phone.address) : undefined;
    const acked = { id: message.id, chatId, participant };
    await tell(lite, account, hooksOf(account).ack(account, acked, status === 'read' ? 3 : 2, lite.now()));
  });
}

/** The message whose id has the same key: it may be named by its whole id or by that part. */
export function messageNamed(
  lite: Lite,
  account: WhatsappLiteAccount,
  id: string | undefined,
): PhoneMessage | undefined {
  if (id === undefined) return undefined;
  const all = lite.phones.list().flatMap((phone) => lite.phones.thread(phone, account.external_id));
  return all.find((message) => keyOf(message.id) === keyOf(id));
}

interface Followed {
  chat: Chat | undefined;
  reached: Phone[];
  echo: () => Promise<unknown>;
}

async function follow(lite: Lite, told: Told, { chat, reached, echo }: Followed): Promise<void> {
  const { account, message, chatId } = told;
  const hooks = hooksOf(account);
  const ack = (level: Ack): Promise<void> =>
    lite.receipts.report(() => tell(lite, account, hooks.ack(account, { id: message.id, chatId }, level, lite.now())));
  await echo();
  await ack(chat ? 1 : -1);
  for (const phone of reached) {
    await report(lite, account, phone, message, 'delivered');
    if (phone.open === account.external_id) await report(lite, account, phone, message, 'read');
  }
}
