import * as z from 'zod/mini';
import type { WebPushAccount } from '../account.ts';
import { json, type Call } from '../http.ts';
import type { Outcome, Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { arrive, place, see, type Browsers } from './browser.ts';
import { act } from './phone.ts';
import { receive, refusal } from './service.ts';
import { createSubscriptions, host } from './subscriptions.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '900000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '900000002', started: [] },
];

/** The site's pages get another key. */
const newKey = z.object({ public_key: z.string().check(z.minLength(1)) });

/** A push service, and the browsers that subscribe at it. */
export function createWebPush(options: WorldOptions): Provider {
  const world = createWorld<WebPushAccount>('web_push', phones, options);
  const browsers = { world, subscriptions: createSubscriptions(options.state) };
  const owned = (externalId: string): WebPushAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call) => take(browsers, call),
    fail: (fault) => faultAnswer(fault, fault.status ?? fault.code ?? 503, (status) => refusal(status, 'fault')),
    act: async (one) => act(browsers, owned(one.account.external_id), one),
    arrived: (account, phone, message) => arrive(browsers, { account: owned(account.external_id), phone, message }),
    seen: (account, phone, message) => see(browsers, { account: owned(account.external_id), phone, message }),
    control: async (account, verb, body) => {
      const parsed = newKey.safeParse(body);
      if (verb !== 'key' || !parsed.success) return undefined;
      owned(account.external_id).public_key = parsed.data.public_key;
      return json(200, parsed.data);
    },
  };
}

/** 201 says that the push will be tried, and no more; a browser that can't read it drops it unheard. */
async function take(browsers: Browsers, call: Call): Promise<Outcome> {
  const { world, subscriptions } = browsers;
  const push = await receive(subscriptions, call, world.now());
  if ('status' in push) return { answer: push };
  const location = `https://${host}/m/${world.next('message', 1)}`;
  const answer = { status: 201, headers: { location, ttl: String(call.headers['ttl']) }, body: '', shown: null };
  const shown = place(browsers, push);
  if (!shown) return { answer, warning: push.text === undefined ? 'the browser could not decrypt it' : 'not shown' };
  return {
    answer,
    after: async () => {
      await arrive(browsers, shown);
      if (shown.phone.open === shown.account.external_id) await see(browsers, shown);
    },
  };
}
