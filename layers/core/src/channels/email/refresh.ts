import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Renewal } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { compact, filledText, maybe, object, readAs, whole } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';

/** RFC 6749, 5.1 */
const tokens = object({ access_token: filledText, refresh_token: maybe(filledText), expires_in: maybe(whole) });

/** What is told nothing of serves so long, in seconds: servers of tokens everywhere say an hour. */
const USUAL_S = 3600;

/** Whether a token can be had in place of the one that runs out, and kept. */
export function isRenewable({ auth, refresh_token, token_url }: Credentials): boolean {
  return auth === 'oauth2' && refresh_token !== undefined && token_url !== undefined;
}

/**
 * A new access token (RFC 6749, 6). The refresh token that may come with it takes the place of the old one: Microsoft's serve for 90 days, and others
 * once.
 */
export async function refresh({ credentials }: ConnectedAccount<Credentials>): Promise<Renewal<Credentials>> {
  const { refresh_token, client_id, client_secret, token_url } = credentials;
  if (!isRenewable(credentials) || token_url === undefined) return undefined;
  const asked = Date.now();
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    ...compact({ refresh_token, client_id, client_secret }),
  });
  const answer = await callProvider({
    method: 'POST',
    url: token_url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    timeoutMs: 10_000,
  });
  if (answer.kind !== 'answer' || answer.status === 429 || answer.status >= 500) return 'later';
  const given = readAs(tokens, answer.json);
  if (!given || answer.status !== 200) return undefined;
  const { access_token, refresh_token: next = refresh_token, expires_in = USUAL_S } = given;
  return {
    credentials: { ...credentials, access_token, ...compact({ refresh_token: next }) },
    expiresAt: asked + expires_in * 1000,
  };
}
