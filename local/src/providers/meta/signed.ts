import { createHmac } from 'node:crypto';
import type { Hook } from '../deliveries.ts';
import type { Json } from '../../json.ts';

/** A webhook as Meta sends it: signed over its bytes with the app's secret. */
export function signed(account: { external_id: string; webhook_url: string; app_secret: string }, payload: Json): Hook {
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
