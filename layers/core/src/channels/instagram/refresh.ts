import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Renewal } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { serverOf } from './graph.ts';
import { lasting, TIMEOUT_MS } from './token.ts';

/** The account's own token lasts 60 days and can be made to last 60 more, once it is a day old. A page's token does not run out. */
export async function refresh(account: ConnectedAccount<Credentials>): Promise<Renewal<Credentials>> {
  const { credentials, baseUrl } = account;
  if (credentials.login === 'facebook') return undefined;
  const asked = Date.now();
  const query = new URLSearchParams({ grant_type: 'ig_refresh_token', access_token: credentials.access_token });
  const url = `${serverOf('instagram', baseUrl).baseUrl}/refresh_access_token?${query.toString()}`;
  const answer = await callProvider({ method: 'GET', url, timeoutMs: TIMEOUT_MS });
  if (answer.kind !== 'answer' || answer.status >= 500 || answer.status === 429) return 'later';
  const taken = answer.status === 200 ? readAs(lasting, answer.json) : undefined;
  if (!taken) return undefined;
  const { access_token, expires_in: seconds } = taken;
  return { credentials: { login: 'instagram', access_token }, expiresAt: asked + seconds * 1000 };
}
