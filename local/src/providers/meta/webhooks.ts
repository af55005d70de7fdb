import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';
import type { Phone } from '../phones.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';
import { signed } from './signed.ts';

/** One event between a customer and the account, where the app hears of such. `echo`: the account is the sender. */
export function hookOf(
  { subscriptions }: MetaWorld,
  product: Product,
  account: MetaAccount,
  phone: Phone,
  event: Json,
  { at, echo = false }: { at: number; echo?: boolean },
): Hook | undefined {
  if (!subscriptions.hears(account, event)) return undefined;
  const business = { id: account.external_id };
  const customer = { id: phone.address };
  const [sender, recipient] = echo ? [business, customer] : [customer, business];
  const item = { sender, recipient, timestamp: at, ...event };
  return signed(account, {
    object: product.object,
    entry: [{ time: at, id: account.external_id, messaging: [item] }],
  });
}

/** Sends such an event's webhook, if there is one. */
export async function tell(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  phone: Phone,
  event: Json,
  how: { at: number; echo?: boolean },
): Promise<void> {
  const hook = hookOf(world, product, account, phone, event, how);
  if (hook) await world.deliveries.send(hook);
}
