import type { WebPushAccount } from '../account.ts';
import type { PhoneBody } from '../phone-body.ts';
import type { Phone } from '../phones.ts';
import type { Act, Written } from '../provider.ts';
import { advance } from '../receipts.ts';
import { closingOf, hookOf, hooksOf, tapOf, type Browsers } from './browser.ts';
import { shownSubscription, type Subscription } from './subscriptions.ts';

/**
 * What a customer does with a site's notifications: allows them (`unblock`), ends them (`block`), or taps one: a button by its id, `open` for its
 * link, `close` to dismiss it, anywhere else with `click`.
 */
export async function act(browsers: Browsers, account: WebPushAccount, { phone, body }: Act): Promise<Written> {
  switch (body.type) {
    case 'unblock':
      return subscribe(browsers, account, phone);
    case 'block':
      return unsubscribe(browsers, account, phone);
    case 'tap':
      return tap(browsers, account, phone, body);
    default:
      return { ok: false, reason: 'a browser can only allow (unblock), end (block) and tap notifications' };
  }
}

/** The site's page subscribes, or finds that it has, and tells Parley. A subscription made for an older key of the site's is replaced. */
function subscribe({ subscriptions }: Browsers, account: WebPushAccount, phone: Phone): Written {
  const application_server_key = account.public_key;
  const held = subscriptions.of(phone.id, account.external_id);
  const isOfKey = held?.application_server_key === application_server_key;
  if (held && !isOfKey) subscriptions.end(held);
  const now =
    held && isOfKey
      ? held
      : subscriptions.add({ phone: phone.id, account: account.external_id, application_server_key });
  const first = subscriptions.first(phone.id, account.external_id) ?? now;
  return { ok: true, hook: changeHook('subscribed', account, phone, { now, first }) };
}

function unsubscribe({ subscriptions }: Browsers, account: WebPushAccount, phone: Phone): Written {
  const now = subscriptions.of(phone.id, account.external_id);
  if (!now) return { ok: false, reason: 'this browser has no subscription to the site' };
  subscriptions.end(now);
  const first = subscriptions.first(phone.id, account.external_id) ?? now;
  return { ok: true, hook: changeHook('unsubscribed', account, phone, { now, first }) };
}

function changeHook(
  event: 'subscribed' | 'unsubscribed',
  account: WebPushAccount,
  phone: Phone,
  { now, first }: { now: Subscription; first: Subscription },
) {
  const told = { subscription: shownSubscription(now), first: shownSubscription(first), name: phone.name };
  return hookOf(account, phone, JSON.stringify({ event, key: account.public_key, ...told }));
}

async function tap(
  browsers: Browsers,
  account: WebPushAccount,
  phone: Phone,
  { message_id, id }: { message_id: string; id: string },
): Promise<Written> {
  const { phones } = browsers.world;
  const message = phones.thread(phone, account.external_id).find((one) => one.id === message_id);
  if (!message) return { ok: false, reason: `no notification ${message_id}` };
  const action = actionOf(message.body, id);
  if (action === undefined) return { ok: false, reason: `notification ${message_id} has no button ${id}` };
  const closes = id === 'close';
  const [hook] = await hooksOf(browsers, account, phone, closes ? closingOf(message) : tapOf(message, action));
  advance(phones, phone, account.external_id, message_id, closes ? 'delivered' : 'read');
  return { ok: true, hook };
}

/** The worker's name of what was tapped; undefined when the notification has no such thing. */
function actionOf(body: PhoneBody, id: string): string | undefined {
  const { choices, links } = body.type === 'interactive' ? body : { choices: [], links: [] };
  if (choices.some((choice) => choice.id === id)) return `reply:${id}`;
  if (id === 'open' && links.length > 0) return 'open';
  return id === 'click' || id === 'close' ? '' : undefined;
}
