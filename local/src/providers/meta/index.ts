import { json } from '../http.ts';
import type { Phone } from '../phones.ts';
import type { Provider } from '../provider.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callMeta } from './api.ts';
import { failed } from './errors.ts';
import { act, delivered, seen } from './phone.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTokens } from './tokens.ts';
import { createUploads } from './uploads.ts';
import { verifyCallback } from './verify-callback.ts';

/** One of Meta's messaging products, on Graph. */
export function createMeta(
  name: MetaAccount['channel'],
  product: Product,
  phones: Omit<Phone, 'open' | 'blocked'>[],
  options: WorldOptions,
): Provider {
  const { state, now } = options;
  const world: MetaWorld = {
    ...createWorld<MetaAccount>(name, phones, options),
    tokens: createTokens(state, name, now),
    uploads: createUploads(state, name, now),
    subscriptions: createSubscriptions(state, product),
  };
  const owned = (externalId: string): MetaAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call) => callMeta(world, product, call),
    fail: failed,
    act: async (one) => act(world, product, owned(one.account.external_id), one),
    arrived: (account, phone, message) => delivered(world, product, owned(account.external_id), phone, message),
    seen: (account, phone) => seen(world, product, owned(account.external_id), phone),
    control: async (account, verb) =>
      verb === 'verify'
        ? json(200, { verified: await verifyCallback(owned(account.external_id), options.deliver) })
        : undefined,
  };
}
