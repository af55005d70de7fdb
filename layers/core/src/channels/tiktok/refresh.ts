import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Renewal } from '../contract.ts';
import { readAs } from '../shared/read.ts';
import { renewed } from './api.ts';
import { callAsApp } from './call.ts';
import type { Credentials } from './credentials.ts';

/** The refresh token changes too, at least on some calls, so it is always taken from the answer when it is there. */
export async function refresh(account: ConnectedAccount<Credentials>): Promise<Renewal<Credentials>> {
  const { refresh_token, client_secret } = account.credentials;
  if (refresh_token === undefined || client_secret === undefined) return undefined;
  const asked = Date.now();
  const answer = await callAsApp(account, 'tt_user/oauth2/refresh_token/', {
    client_id: account.appId,
    client_secret,
    grant_type: 'refresh_token',
    refresh_token,
  });
  if (answer.kind !== 'answer' || answer.status >= 500) return 'later';
  const taken = readAs(renewed, answer.json);
  if (!taken) return undefined;
  const { access_token, refresh_token: next, expires_in } = taken.data;
  return {
    credentials: { access_token, refresh_token: next ?? refresh_token, client_secret },
    expiresAt: asked + expires_in * 1000,
  };
}
