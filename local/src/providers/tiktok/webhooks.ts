import { createHash, createHmac, randomInt } from 'node:crypto';
import type { TiktokAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';
import type { Phone } from '../phones.ts';
import type { Tiktok } from './world.ts';

/** One event, signed as TikTok does: over the time, a dot and the very bytes. `content` is JSON in a string. */
export function eventHook(account: TiktokAccount, event: string, content: Json, at: number): Hook {
  const seconds = Math.floor(at / 1000);
  const body = JSON.stringify({
    client_key: account.client_key,
    event,
    create_time: seconds,
    user_openid: account.external_id,
    content: JSON.stringify(content),
  });
  const signature = createHmac('sha256', account.client_secret).update(`${seconds}.${body}`).digest('hex');
  return {
    account: account.external_id,
    url: account.webhook_url,
    headers: { 'content-type': 'application/json', 'tiktok-signature': `t=${seconds},s=${signature}` },
    body,
  };
}

/** Calls the webhook, where there is one and the account's owner lets the app know. */
export async function tell(
  world: Tiktok,
  account: TiktokAccount,
  event: string,
  content: Json,
  at: number,
): Promise<void> {
  await keep(world, account, event, content, at)();
}

/** Makes sure that the webhook is called, by the call that comes back or the next start. */
export function keep(
  { deliveries, tokens }: Tiktok,
  account: TiktokAccount,
  event: string,
  content: Json,
  at: number,
): () => Promise<unknown> {
  const isTold = account.webhook_url && tokens.hasLeave(account);
  return isTold ? deliveries.keep(eventHook(account, event, content, at)) : async () => {};
}

/** Who wrote to whom, where and when (ms): the part that every event has. */
export function partiesOf(account: TiktokAccount, phone: Phone, from: 'customer' | 'business', at: number): Json {
  const customer = { name: phone.name, user: { id: phone.address, role: 'personal_account' } };
  const business = { name: account.name, user: { id: account.external_id, role: 'business_account' } };
  const [sender, receiver] = from === 'customer' ? [customer, business] : [business, customer];
  return {
    from: sender.name,
    to: receiver.name,
    unique_identifier: phone.address,
    from_user: sender.user,
    to_user: receiver.user,
    conversation_id: conversationIdOf(account, phone),
    timestamp: at,
  };
}

/** One per business and user, with the signs of base64 in it as TikTok's have. */
export function conversationIdOf(account: TiktokAccount, phone: Phone): string {
  return createHash('sha256').update(`${account.external_id} ${phone.address}`).digest('base64');
}

/** Nineteen digits: more than a number in JavaScript can hold. */
export function newId(): string {
  return `7${String(randomInt(0, 1e9)).padStart(9, '0')}${String(randomInt(0, 1e9)).padStart(9, '0')}`;
}
