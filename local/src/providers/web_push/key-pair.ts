import { generateKeyPairSync } from 'node:crypto';

/** A fresh pair on P-256, as browsers and VAPID write one: the whole point and the bare number, base64url. */
export function newKeyPair(): { public_key: string; private_key: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { d = '', x = '', y = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { public_key: point.toString('base64url'), private_key: d };
}
