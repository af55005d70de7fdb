import { createHmac } from 'node:crypto';
import { fieldsOf, parseJson } from '../shared/read.ts';
import { sameSecret } from '../shared/secrets.ts';

/** A token as Evolution makes one for a webhook with `jwt_key` (HS256, RFC 7519). Undefined: the header holds something else. */
export function evolutionToken(
  authorization: string,
): { signed: string; signature: string; expiresAt: number } | undefined {
  const [, header = '', payload = '', signature = ''] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization) ?? [];
  const { app, exp } = partOf(payload);
  if (partOf(header)['alg'] !== 'HS256' || app !== 'evolution') return undefined;
  return { signed: `${header}.${payload}`, signature, expiresAt: typeof exp === 'number' ? exp * 1000 : 0 };
}

/** Whether the key made the token, and it has not run out. An empty key makes none. */
export function holds(
  token: NonNullable<ReturnType<typeof evolutionToken>>,
  key: string | undefined,
  now: number,
): boolean {
  if (!key || token.expiresAt <= now) return false;
  return sameSecret(token.signature, createHmac('sha256', key).update(token.signed).digest('base64url'));
}

function partOf(encoded: string): Record<string, unknown> {
  return fieldsOf(parseJson(Buffer.from(encoded, 'base64url')));
}
