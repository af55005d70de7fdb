import { createPrivateKey, sign } from 'node:crypto';
import type { Credentials } from './credentials.ts';

type Keys = Pick<Credentials, 'public_key' | 'private_key' | 'subject'>;

/** Half of the longest time a push service accepts (RFC 8292, 2). Seconds. */
const VALID_S = 12 * 3600;
/** How long a token is used again: it is renewed an hour before it ends, and after the clock was set back. Seconds. */
const KEPT_S = VALID_S - 3600;

/** Tokens by what they were signed with and for: one serves every push to a service for hours. */
const MOST_KEPT = 1000;
const signed = new Map<string, { header: string; until: number }>();

/** The `Authorization` of a push to this endpoint (RFC 8292, 3). `now` in ms. Throws when the keys are no pair of P-256. */
export function authorization(endpoint: string, keys: Keys, now = Date.now()): string {
  const { origin } = new URL(endpoint);
  const name = [origin, keys.subject, keys.public_key, keys.private_key].join(' ');
  const seconds = Math.floor(now / 1000);
  const known = signed.get(name);
  const left = known ? known.until - seconds : 0;
  if (known && left > 0 && left <= KEPT_S) return known.header;
  const header = `vapid t=${token(origin, keys, seconds + VALID_S)}, k=${keys.public_key}`;
  if (signed.size >= MOST_KEPT) signed.clear();
  signed.set(name, { header, until: seconds + KEPT_S });
  return header;
}

/** A JWT (RFC 7519) with ES256, whose signature is the two numbers side by side (RFC 7518, 3.4). */
function token(aud: string, keys: Keys, exp: number): string {
  const content = [
    { typ: 'JWT', alg: 'ES256' },
    { aud, exp, sub: keys.subject },
  ]
    .map(encode)
    .join('.');
  const signature = sign('sha256', Buffer.from(content), { key: privateKey(keys), dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function privateKey({ public_key, private_key }: Keys) {
  const point = Buffer.from(public_key, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  return createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d: private_key, x, y } });
}
