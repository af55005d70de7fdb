import type { GrantedAccount, OAuth } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { granted } from './api.ts';
import { callAsApp } from './call.ts';
import type { Credentials } from './credentials.ts';
import { readAnswer } from './errors.ts';
import { nameOf } from './probe.ts';
import { asked, lackOf, scopesOf } from './token.ts';

/** By its owner's consent on TikTok's own page. A code is good once, for ten minutes. */
export const oauth: OAuth<Credentials> = {
  authorizeUrl: (app, { redirectUrl, state, baseUrl }) => {
    const query = { client_key: app.id, response_type: 'code', scope: asked.join(','), redirect_uri: redirectUrl };
    return `${siteOf(baseUrl)}/v2/auth/authorize?${new URLSearchParams({ ...query, state }).toString()}`;
  },
  exchange: async (app, { code, redirectUrl, baseUrl }) => {
    const client_secret = app.secrets['client_secret'] ?? '';
    const since = Date.now();
    const answer = await callAsApp({ baseUrl }, 'tt_user/oauth2/token/', {
      client_id: app.id,
      client_secret,
      grant_type: 'authorization_code',
      auth_code: code,
      redirect_uri: redirectUrl,
    });
    const given = readAnswer(answer, granted);
    if (!given.ok) return given;
    const { access_token, refresh_token, expires_in, scope, open_id: externalId } = given.value.data;
    const lack = lackOf(scopesOf(scope));
    if (lack) return { ok: false, error: lack };
    const credentials: Credentials = { access_token, client_secret, ...compact({ refresh_token }) };
    const name = (await nameOf({ baseUrl, credentials }, externalId))?.name ?? externalId;
    const account: GrantedAccount<Credentials> = { externalId, name, credentials };
    return { ok: true, accounts: [{ ...account, expiresAt: since + expires_in * 1000 }] };
  },
};

/** A server that stands in for TikTok's API has its site too. */
function siteOf(baseUrl: string | undefined): string {
  const isTiktok = baseUrl === undefined || baseUrl.startsWith('https://business-api.tiktok.com');
  return isTiktok ? 'https://www.tiktok.com' : baseUrl.replace(/\/open_api\/v[\d.]+\/*$/, '');
}
