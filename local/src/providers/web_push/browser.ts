import type { WebPushAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';
import { recordAt, textAt } from '../json.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { advance } from '../receipts.ts';
import type { World } from '../world.ts';
import { bodyOf, notificationOf } from './notification.ts';
import type { Push } from './service.ts';
import { shownSubscription, type Subscriptions } from './subscriptions.ts';
import { runWorker, type Site, type WorkerEvent } from './worker.ts';

/** Everything the customers' browsers have. */
export interface Browsers {
  world: World<WebPushAccount>;
  subscriptions: Subscriptions;
}

/** One notification on one browser. */
export interface Shown {
  account: WebPushAccount;
  phone: Phone;
  message: PhoneMessage;
}

/** Puts a push on the screen, in place of an earlier one with the same tag. Undefined when the site's worker finds nothing to show in it. */
export function place({ world }: Browsers, { subscription, text }: Push): Shown | undefined {
  const [account, phone] = [world.accounts.get(subscription.account), world.phones.get(subscription.phone)];
  const notification = notificationOf(text);
  if (!account || !phone || !notification) return undefined;
  const tag = textAt(notification, 'tag');
  const before = world.phones.thread(phone, account.external_id).find(({ note }) => note?.['tag'] === tag);
  if (before) world.phones.remove(phone, account.external_id, before.id);
  const id = textAt(recordAt(notification, 'data'), 'id') ?? '';
  const message = newMessage({
    id,
    from: 'business',
    body: bodyOf(notification),
    at: world.now(),
    note: { tag, text },
  });
  world.phones.append(phone, account.external_id, message);
  return { account, phone, message };
}

/** The worker gets the push and tells of it. */
export async function arrive(browsers: Browsers, { account, phone, message }: Shown): Promise<void> {
  const { world } = browsers;
  await world.receipts.report(async () => {
    if (!advance(world.phones, phone, account.external_id, message.id, 'delivered')) return;
    await tell(browsers, account, phone, { type: 'push', text: String(message.note?.['text']) });
  });
}

/** The customer taps the notification. */
export async function see(browsers: Browsers, { account, phone, message }: Shown): Promise<void> {
  const { world } = browsers;
  await world.receipts.report(async () => {
    if (!advance(world.phones, phone, account.external_id, message.id, 'read')) return;
    await tell(browsers, account, phone, tapOf(message, ''));
  });
}

/** `action`: the button, or nothing for a tap anywhere else. */
export function tapOf(message: PhoneMessage, action: string): WorkerEvent {
  return { type: 'notificationclick', notification: shownIn(message), action };
}

export function closingOf(message: PhoneMessage): WorkerEvent {
  return { type: 'notificationclose', notification: shownIn(message) };
}

/** What the site's worker wants to tell Parley when this happens. */
export async function hooksOf(
  browsers: Browsers,
  account: WebPushAccount,
  phone: Phone,
  event: WorkerEvent,
): Promise<Hook[]> {
  const { asked } = await runWorker(siteOf(browsers, account, phone), event);
  return asked.map(({ url, body }) => hookOf(account, phone, body, url));
}

/** A call that a page of the site, or its worker, makes to Parley: text, with the origin that browsers add. */
export function hookOf(account: WebPushAccount, phone: Phone, body: string, url = account.webhook_url): Hook {
  return {
    account: account.external_id,
    url,
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin: account.origin },
    body,
    lane: `${account.external_id} ${phone.id}`,
  };
}

async function tell(browsers: Browsers, account: WebPushAccount, phone: Phone, event: WorkerEvent): Promise<void> {
  for (const hook of await hooksOf(browsers, account, phone, event)) await browsers.world.deliveries.send(hook);
}

function shownIn({ note }: PhoneMessage): Json {
  return notificationOf(String(note?.['text'])) ?? {};
}

function siteOf({ subscriptions }: Browsers, account: WebPushAccount, phone: Phone): Site {
  const [held, first] = [
    subscriptions.of(phone.id, account.external_id),
    subscriptions.first(phone.id, account.external_id),
  ].map((one) => one && shownSubscription(one));
  return { origin: account.origin, webhook: account.webhook_url, key: account.public_key, subscription: held, first };
}
