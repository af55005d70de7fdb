import type { Account } from './cloud.ts';
import { freshId, signedByMeta, type SignedWebhook } from './webhooks.ts';

type MetaAccount = Extract<Account, { channel: 'messenger' | 'instagram' }>;

/** One event between a customer and a page or Instagram account, signed as Meta does. `echo`: the account is the sender. */
export function metaWebhook(
  account: MetaAccount,
  customer: string,
  event: object,
  { echo = false, at = Date.now() }: { echo?: boolean; at?: number } = {},
): SignedWebhook {
  const [sender, recipient] = echo ? [account.external_id, customer] : [customer, account.external_id];
  const item = { sender: { id: sender }, recipient: { id: recipient }, timestamp: at, ...event };
  const object = account.channel === 'messenger' ? 'page' : 'instagram';
  const body = JSON.stringify({ object, entry: [{ id: account.external_id, time: at, messaging: [item] }] });
  return signedByMeta(account, body);
}

/** A message id that no other test has. */
export function freshMid(): string {
  return `m_${freshId()}`;
}
