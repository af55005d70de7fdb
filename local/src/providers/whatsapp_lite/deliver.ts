import type { WhatsappLiteAccount } from '../account.ts';
import { present, type Json } from '../json.ts';
import type { PhoneBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { advance } from '../receipts.ts';
import type { World } from '../world.ts';
import { digitsOf, messageId } from './ids.ts';
import { payloadOf, type Told } from './payload.ts';
import { ackHook, eventHook, type Ack } from './webhooks.ts';

export type Lite = World<WhatsappLiteAccount>;

/** A message the business sends, by API or on its own phone. */
interface Sending {
  /** the customer's number */
  to: string;
  body: PhoneBody;
  source: 'api' | 'app';
  replyTo?: string | undefined;
  base: string;
}

interface Sent {
  message: PhoneMessage;
  phone: Phone | undefined;
  /** as `message.any` and the API's answer have it */
  payload: Json;
  /** echo and statuses */
  after: () => Promise<void>;
}

/** The message is on the customer's phone at once; the echo and what the phone reports follow. */
export function sendTo(lite: Lite, account: WhatsappLiteAccount, sending: Sending): Sent {
  const phone = phoneAt(lite, `+${digitsOf(sending.to)}`);
  const { replyTo, body } = sending;
  const message = newMessage({
    id: messageId(true, sending.to),
    from: 'business',
    body,
    at: lite.now(),
    replyTo: quotedId(lite, account, replyTo),
  });
  const isBlocked = phone?.blocked.includes(account.external_id) ?? false;
  if (phone && !isBlocked) lite.phones.append(phone, account.external_id, message);
  const payload = payloadOf(told(lite, account, message, sending, phone));
  const reaches = phone && !isBlocked ? phone : undefined;
  return {
    message,
    phone,
    payload,
    after: () => follow(lite, account, { message, phone: reaches, payload, sending, isKnown: phone !== undefined }),
  };
}

/** Whoever is written to has a phone, as most people with a number have WhatsApp; a number that ends in 0000 is a landline and has none. */
function phoneAt(lite: Lite, number: string): Phone | undefined {
  return (
    lite.phones.at(number) ?? (number.endsWith('0000') ? undefined : lite.phones.add({ name: number, address: number }))
  );
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
    await lite.deliveries.send(
      ackHook(account, { id: message.id, to: phone.address }, status === 'read' ? 3 : 2, lite.now()),
    );
  });
}

/** The message whose id ends with the same key: `reply_to` may be the whole id or its last part. */
export function quotedId(lite: Lite, account: WhatsappLiteAccount, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const key = id.split('_').at(-1);
  const all = lite.phones.list().flatMap((phone) => lite.phones.thread(phone, account.external_id));
  return all.find((message) => message.id.split('_').at(-1) === key)?.id;
}

function told(
  lite: Lite,
  account: WhatsappLiteAccount,
  message: PhoneMessage,
  { to, source, base }: Sending,
  phone: Phone | undefined,
): Told {
  const quoted =
    message.reply_to === undefined ? undefined : lite.phones.find(account.external_id, message.reply_to)?.message;
  return { account, message, address: to, phone, source, ack: 0, quoted, media: lite.media, base };
}

interface Followed {
  message: PhoneMessage;
  phone: Phone | undefined;
  payload: Json;
  sending: Sending;
  isKnown: boolean;
}

async function follow(
  lite: Lite,
  account: WhatsappLiteAccount,
  { message, phone, payload, sending, isKnown }: Followed,
): Promise<void> {
  const ack = (level: Ack): Promise<void> =>
    lite.receipts.report(
      async () =>
        void (await lite.deliveries.send(ackHook(account, { id: message.id, to: sending.to }, level, lite.now()))),
    );
  await lite.deliveries.send(eventHook(account, 'message.any', present(payload), lite.now()));
  await ack(isKnown ? 1 : -1);
  if (!phone) return;
  await report(lite, account, phone, message, 'delivered');
  if (phone.open === account.external_id) await report(lite, account, phone, message, 'read');
}
