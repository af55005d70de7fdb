import { importJWK, jwtVerify } from 'jose';

/** What is wrong with a push's `Authorization`, and the status for it; undefined when nothing is. */
type Fault = { status: 401 | 403; message: string } | undefined;

const longestS = 24 * 3600;

/** RFC 8292 as strict as the strictest service (Apple's): scheme, signature, `aud`, `exp` within a day, a clean `sub`, and the subscription's own key. */
export async function faultOfVapid(
  header: string | undefined,
  subscription: { endpoint: string; application_server_key: string },
  now: number,
): Promise<Fault> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/i.exec(header ?? '') ?? [];
  if (!token) return { status: 401, message: 'Authorization must be: vapid t=…, k=…' };
  if (key !== subscription.application_server_key)
    return { status: 403, message: 'the VAPID key is not the one that the subscription was made for' };
  return faultOfToken(token, key, new URL(subscription.endpoint).origin, now);
}

async function faultOfToken(token: string, key: string, audience: string, now: number): Promise<Fault> {
  try {
    const options = {
      algorithms: ['ES256'],
      audience,
      currentDate: new Date(now),
      requiredClaims: ['aud', 'exp', 'sub'],
    };
    const { payload } = await jwtVerify(token, await publicKey(key), options);
    if (Number(payload.exp) - now / 1000 > longestS) return { status: 403, message: 'exp is more than 24 hours ahead' };
    return isContact(payload.sub) ? undefined : { status: 403, message: 'sub must be mailto: or https:' };
  } catch (error) {
    return { status: 401, message: error instanceof Error ? error.message : 'the token is not valid' };
  }
}

async function publicKey(key: string) {
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  return importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
}

function isContact(sub: string | undefined): boolean {
  return /^(mailto:[^\s<>@]+@[^\s<>@]+|https:\/\/[^\s<>]+)$/.test(sub ?? '') && !/localhost/.test(sub ?? '');
}
