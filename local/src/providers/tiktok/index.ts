import type { TiktokAccount } from '../account.ts';
import { json } from '../http.ts';
import type { Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callTiktok } from './api.ts';
import { typeInApp } from './app.ts';
import { refuse, refused } from './envelope.ts';
import { act, seen } from './phone.ts';
import { createTokens } from './tokens.ts';
import { tell } from './webhooks.ts';
import type { Tiktok } from './world.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '6800000000000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '6800000000000000002', started: [] },
];

/** TikTok Business Messaging. A fault's `code` is one of TikTok's, which come with HTTP 200 unless a `status` is given. */
export function createTiktok(options: WorldOptions): Provider {
  const plain = createWorld<TiktokAccount>('tiktok', phones, options);
  const tokens = createTokens(plain.accounts, options.now);
  const world: Tiktok = { ...plain, tokens, comments: new Map() };
  const owned = (externalId: string): TiktokAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call) => callTiktok(world, call),
    fail: (fault) =>
      faultAnswer(fault, fault.status ?? 500, (status) =>
        fault.code === undefined
          ? json(status, { message: 'fault' })
          : refused(refuse(fault.code, 'fault'), fault.status),
      ),
    act: async (one) => act(world, owned(one.account.external_id), one),
    seen: (account, phone, message) => seen(world, owned(account.external_id), phone, message),
    control: async (account, verb, body) => {
      if (verb === 'messages') return typeInApp(world, owned(account.external_id), body);
      if (verb === 'expire') tokens.expire(owned(account.external_id));
      else if (verb === 'leave') await leave(world, owned(account.external_id));
      else return undefined;
      return json(200, { done: verb });
    },
  };
}

/** The account's owner takes the app's leave back in TikTok, which tells the app once more. */
async function leave(world: Tiktok, account: TiktokAccount): Promise<void> {
  await tell(world, account, 'authorization.removed', { reason: 1 }, world.now());
  world.tokens.revoke(account);
}
