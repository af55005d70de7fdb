import * as z from 'zod/mini';
import type { TiktokAccount } from '../account.ts';
import { json, problem, type Answer } from '../http.ts';
import { publicMessage } from '../phones.ts';
import type { Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callTiktok } from './api.ts';
import { deliver, type Tiktok } from './deliver.ts';
import { refuse, refused } from './envelope.ts';
import { act, seen } from './phone.ts';
import { createTokens } from './tokens.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '6800000000000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '6800000000000000002', started: [] },
];

/** TikTok Business Messaging. A fault's `code` is one of TikTok's, which come with HTTP 200 unless a `status` is given. */
export function createTiktok(options: WorldOptions): Provider {
  const world = createWorld<TiktokAccount>('tiktok', phones, options);
  const tokens = createTokens(world.accounts, options.now);
  const owned = (externalId: string): TiktokAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call) => callTiktok(world, tokens, call),
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
      if (verb !== 'expire') return undefined;
      tokens.expire(owned(account.external_id));
      return json(200, { expired: true });
    },
  };
}

const typed = z.object({ to: z.string().check(z.minLength(1)), text: z.string().check(z.minLength(1)) });

/** Somebody at the business writes in TikTok's app, beside the product. */
async function typeInApp(world: Tiktok, account: TiktokAccount, input: unknown): Promise<Answer> {
  const parsed = typed.safeParse(input);
  if (!parsed.success) return problem(400, 'bad_message', z.prettifyError(parsed.error));
  const phone = world.phones.at(parsed.data.to);
  if (!phone) return problem(404, 'unknown_phone', `no user ${parsed.data.to}`);
  const { text } = parsed.data;
  const block = { type: 'text', text: { body: text } };
  const sent = deliver(world, account, { phone, body: { type: 'text', text }, block, source: 'APP' });
  await sent.after();
  return json(201, publicMessage(sent.message));
}
