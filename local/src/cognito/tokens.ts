import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Directory } from './directory.ts';
import type { SigningKey } from './signing-keys.ts';
import type { Session, User } from './store.ts';

/** How long ID and access tokens last. */
const TOKEN_SECONDS = 3600;

/** How long a refresh token lasts, Cognito's default of 30 days. */
export const REFRESH_MS = 30 * 86_400_000;

/** What an access token came to. */
type AccessTokenCheck = { ok: true; session: Session; user: User } | { ok: false; message: string };

/** A fresh refresh token. Only its hash is kept. */
export function newRefreshToken(): string {
  return randomBytes(48).toString('base64url');
}

/** The form a refresh token is kept in. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The ID and access tokens of a session. */
export async function issueTokens(directory: Directory, session: Session, user: User) {
  const key = directory.keys.get(session.poolId);
  if (!key) throw new Error(`no signing key for ${session.poolId}`);
  const shared = {
    sub: user.sub,
    origin_jti: session.id,
    event_id: randomUUID(),
    auth_time: seconds(session.signedInAt),
  };
  const access = { client_id: session.clientId, scope: 'aws.cognito.signin.user.admin', username: user.username };
  const [IdToken, AccessToken] = await Promise.all([
    sign(directory, session, key, { ...shared, token_use: 'id', aud: session.clientId, ...identityClaims(user) }),
    sign(directory, session, key, { ...shared, token_use: 'access', ...access }),
  ]);
  return { IdToken, AccessToken, ExpiresIn: TOKEN_SECONDS, TokenType: 'Bearer' };
}

/** Checks an access token of any of the pools. */
export async function checkAccessToken(directory: Directory, token: string): Promise<AccessTokenCheck> {
  const payload = await verify(directory, token);
  if (typeof payload === 'string') return { ok: false, message: payload };
  const session = directory.store.findSession(String(payload['origin_jti']));
  const user = session && directory.store.findUser(session.poolId, session.username);
  if (payload['token_use'] !== 'access' || !session || !user) return { ok: false, message: 'Invalid Access Token' };
  return session.revoked ? { ok: false, message: 'Access Token has been revoked' } : { ok: true, session, user };
}

async function verify(directory: Directory, token: string): Promise<JWTPayload | string> {
  const currentDate = new Date(directory.now());
  for (const [poolId, { publicKey }] of directory.keys) {
    try {
      const checks = { issuer: directory.issuerOf(poolId), algorithms: ['RS256'], currentDate };
      return (await jwtVerify(token, publicKey, checks)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'Access Token has expired';
    }
  }
  return 'Invalid Access Token';
}

function sign(directory: Directory, session: Session, key: SigningKey, claims: JWTPayload): Promise<string> {
  const issuedAt = seconds(directory.now());
  return new SignJWT({ ...claims, iss: directory.issuerOf(session.poolId) })
    .setProtectedHeader({ kid: key.kid, alg: 'RS256' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_SECONDS)
    .setJti(randomUUID())
    .sign(key.privateKey);
}

function identityClaims(user: User) {
  const { email_verified: verified, ...attributes } = user.attributes;
  return {
    ...attributes,
    ...(verified === undefined ? {} : { email_verified: verified === 'true' }),
    'cognito:username': user.username,
  };
}

function seconds(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}
