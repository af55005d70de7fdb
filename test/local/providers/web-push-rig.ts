import assert from 'node:assert/strict';
import { encrypt } from '../../../layers/core/src/channels/web_push/encrypt.ts';
import { tokenOf } from '../../../layers/core/src/channels/web_push/token.ts';
import { authorization } from '../../../layers/core/src/channels/web_push/vapid.ts';
import type { WebPushAccount } from '../../../local/src/providers/account.ts';
import { newKeyPair } from '../../../local/src/providers/web_push/key-pair.ts';
import { at, startRig, type Answered, type Rig } from './rig.ts';

export interface Subscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** A push that differs from a right one. */
export interface Sending {
  to?: Subscription;
  headers?: Record<string, string | undefined>;
  body?: Buffer;
}

/** A site at the pretend push service, and Mona's browser, which has subscribed to it. */
export interface PushRig extends Rig {
  account: WebPushAccount;
  keys: { public_key: string; private_key: string; subject: string };
  subscription: Subscription;
  act(phone: string, body: object): Promise<Answered>;
  subscribe(phone: string): Promise<Subscription>;
  push(payload: object, sending?: Sending): Promise<Response>;
  /** what is on Mona's screen */
  screen(): Promise<unknown[]>;
  /** the events of the webhooks that came */
  told(): unknown[];
}

export async function startPushRig(): Promise<PushRig> {
  const rig = await startRig();
  const keys = { ...newKeyPair(), subject: 'mailto:push@nile.example' };
  const account: WebPushAccount = {
    channel: 'web_push',
    external_id: 'nile.example',
    name: 'Nile Shop',
    organization: 'org_1',
    public_key: keys.public_key,
    origin: 'https://nile.example',
    webhook_url: new URL('/push', rig.bot.webhook_url).href,
  };
  rig.providers.register(account);
  const act = (phone: string, body: object) =>
    rig.call('POST', `/web_push/phones/${phone}/messages`, { account: account.external_id, body });
  const subscribe = async (phone: string): Promise<Subscription> => {
    const answer = await act(phone, { type: 'unblock' });
    assert.equal(at(answer.body, 'webhook_status'), 200, JSON.stringify(answer.body));
    return at(rig.received.at(-1)?.body, 'subscription') as Subscription;
  };
  const subscription = await subscribe('mona');
  return {
    ...rig,
    account,
    keys,
    subscription,
    act,
    subscribe,
    push: (payload, sending) => push(rig.url, payload, keys, { to: subscription, ...sending }),
    screen: async () => {
      const answer = await rig.call('GET', '/web_push/phones/mona/messages?account=nile.example', undefined);
      return answer.body as unknown[];
    },
    told: () => rig.received.map(({ body }) => at(body, 'event')),
  };
}

export function notification(id: string, more: object = {}): object {
  const shown = { title: 'Nile', body: 'مرحبا', tag: id, data: { id, token: tokenOf(id, 'secret') }, ...more };
  return { notification: shown, mutable: true };
}

async function push(
  providers: string,
  payload: object,
  keys: PushRig['keys'],
  { to, headers = {}, body }: Sending & { to: Subscription },
): Promise<Response> {
  const text = Buffer.from(JSON.stringify(payload));
  const own = { authorization: authorization(to.endpoint, keys), ttl: '60', 'content-encoding': 'aes128gcm' };
  const given = Object.entries({ ...own, urgency: 'high', topic: 'abc', ...headers });
  return fetch(to.endpoint.replace('https:/', `${providers}/web_push`), {
    method: 'POST',
    headers: Object.fromEntries(given.filter((each): each is [string, string] => each[1] !== undefined)),
    body: body ? new Uint8Array(body) : encrypt(text, to.keys),
  });
}
