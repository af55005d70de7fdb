import type { WhatsappCloudAccount } from '../account.ts';
import { problem, type Answer } from '../http.ts';
import { newMessage, type Phone } from '../phones.ts';
import { announce } from './announce.ts';
import type { Cloud } from './cloud.ts';
import { bsuid, digitsOf, wamid } from './ids.ts';
import { sentOf } from './phone.ts';
import { contactOf, echoHook, numberHook, seconds, statusHook } from './webhooks.ts';

/** The customer wants no more marketing, or wants it again. */
export async function prefer(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, value }: { phone: string; value: 'stop' | 'resume' },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  if (!phone) return noPhone(id);
  cloud.standing.optOut(account.waba_id, phone.id, value === 'stop');
  const preference = {
    wa_id: digitsOf(phone.address),
    user_id: bsuid(account.waba_id, phone.address),
    detail: `User requested to ${value} marketing messages`,
    category: 'marketing_messages',
    value,
    timestamp: Math.floor(cloud.now() / 1000),
  };
  const news = { contacts: [contactOf(account, phone)], user_preferences: [preference] };
  return announce(cloud, numberHook(cloud, account, 'user_preferences', news));
}

/** The customer takes another number: the phone stays, and every business they wrote to is told. */
export async function changeNumber(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, address }: { phone: string; address: string },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  if (!phone) return noPhone(id);
  const [before, after] = [digitsOf(phone.address), digitsOf(address)];
  const message = {
    from: before,
    id: wamid('in', phone.address),
    timestamp: seconds(cloud.now()),
    type: 'system',
    system: {
      body: `User ${phone.name} changed from ${before} to ${after}`,
      wa_id: after,
      type: 'user_changed_number',
      user_id: bsuid(account.waba_id, address),
    },
  };
  const hook = numberHook(cloud, account, 'messages', { messages: [message] });
  cloud.phones.change(phone, { address });
  return announce(cloud, hook);
}

/** The customer listens to a voice note. */
export async function play(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, message_id }: { phone: string; message_id: string },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  const message = phone && cloud.phones.thread(phone, account.external_id).find((one) => one.id === message_id);
  if (!phone || message?.from !== 'business' || message.body.type !== 'audio')
    return problem(400, 'bad_request', 'that is no voice note of the business');
  return announce(cloud, statusHook(cloud, account, sentOf(phone, message), { status: 'played' }));
}

/** The business writes in its phone's app. */
export async function writeFromApp(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, text }: { phone: string; text: string },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  if (!phone) return noPhone(id);
  const body = { type: 'text', text } as const;
  const shown = newMessage({ id: wamid('out', phone.address), from: 'business', body, at: cloud.now() });
  cloud.phones.append(phone, account.external_id, shown);
  return announce(cloud, echoHook(cloud, account, phone, echoOf(cloud, account, phone, shown.id, text)));
}

function echoOf(cloud: Cloud, account: WhatsappCloudAccount, phone: Phone, id: string, text: string) {
  return {
    from: digitsOf(account.display_phone_number),
    to: digitsOf(phone.address),
    to_user_id: bsuid(account.waba_id, phone.address),
    id,
    timestamp: seconds(cloud.now()),
    text: { body: text },
    type: 'text',
  };
}

function noPhone(id: string): Answer {
  return problem(404, 'unknown_phone', `no phone ${id}`);
}
