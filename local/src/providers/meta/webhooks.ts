import { createHmac, randomInt } from 'node:crypto';
import type { Deliver, Hook } from '../deliveries.ts';
import type { Json } from '../json.ts';
import type { Phone } from '../phones.ts';
import type { MetaAccount, Product } from './product.ts';

/** One event between a customer and the account. `echo`: the account is the sender. */
export function hookOf(
  product: Product,
  account: MetaAccount,
  phone: Phone,
  event: Json,
  { at, echo = false }: { at: number; echo?: boolean },
): Hook {
  const business = { id: account.external_id };
  const customer = { id: phone.address };
  const [sender, recipient] = echo ? [business, customer] : [customer, business];
  const item = { sender, recipient, timestamp: at, ...event };
  return signed(account, {
    object: product.object,
    entry: [{ time: at, id: account.external_id, messaging: [item] }],
  });
}

/** Meta's check of a callback URL: the challenge has to come back word for word. */
export async function verifyCallback(account: MetaAccount, deliver: Deliver): Promise<boolean> {
  const challenge = String(randomInt(1e9, 2e9));
  const url = new URL(account.webhook_url);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', account.verify_token);
  try {
    const response = await deliver(url.href, { method: 'GET' });
    return response.status === 200 && (await response.text()) === challenge;
  } catch {
    return false;
  }
}

function signed(account: MetaAccount, payload: Json): Hook {
  const body = escaped(payload);
  const sign = (hash: string): string => createHmac(hash, account.app_secret).update(body).digest('hex');
  return {
    account: account.external_id,
    url: account.webhook_url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
      'x-hub-signature': `sha1=${sign('sha1')}`,
      'x-hub-signature-256': `sha256=${sign('sha256')}`,
    },
    body,
  };
}

/** JSON as Meta writes and signs it: non-ASCII as \uXXXX in lower case, `/` as `\/`. */
function escaped(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', String.raw`\/`)
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
