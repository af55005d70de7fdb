import * as v from 'valibot';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { callTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { renewed } from './wire.ts';

/** The refresh token changes too, at least on some calls, so it is always taken from the answer when it is there. */
export async function refresh(
  account: ConnectedAccount<Credentials>,
): Promise<{ credentials: Credentials; expiresAt: number } | undefined> {
  const { refresh_token, client_secret } = account.credentials;
  if (refresh_token === undefined || client_secret === undefined) return undefined;
  const asked = Date.now();
  const answer = await callTiktok(account, 'tt_user/oauth2/refresh_token/', {
    client_id: account.appId,
    client_secret,
    grant_type: 'refresh_token',
    refresh_token,
  });
  const parsed = answer.kind === 'answer' ? v.safeParse(renewed, answer.json) : undefined;
  if (!parsed?.success) return undefined;
  const { access_token, refresh_token: next, expires_in } = parsed.output.data;
  return {
    credentials: { access_token, refresh_token: next ?? refresh_token, client_secret },
    expiresAt: asked + expires_in * 1000,
  };
}
