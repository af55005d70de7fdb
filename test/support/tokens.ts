import { createHmac, createPrivateKey, createSign } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row, TestCloud } from './cloud.ts';

/** The key that the pool signs with, as its stand-in keeps it. */
export function poolKey(cloud: TestCloud, header: Row): KeyObject {
  const keys = JSON.parse(readFileSync(join(cloud.data, 'cognito/signing-keys.json'), 'utf8')) as Record<
    string,
    JsonWebKey
  >;
  const key = Object.values(keys).find((one) => one['kid'] === header['kid']);
  return createPrivateKey({ key: key as JsonWebKey, format: 'jwk' });
}

export function signToken(header: object, claims: object, key: KeyObject): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

export function signWithSecret(header: object, claims: object): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', 'a secret').update(signed).digest('base64url')}`;
}

export function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function decode(part: string): Row {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Row;
}
