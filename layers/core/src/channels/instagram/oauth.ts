import type { Consent, ConsentRequest, GrantedAccount, OAuth, OAuthApp } from '../contract.ts';
import { standIn } from '../shared/meta-api.ts';
import { facebookDialog, pagesGranted } from '../shared/meta-oauth.ts';
import type { Credentials } from './credentials.ts';
import { serverOf } from './graph.ts';
import { accountGranted } from './login.ts';

const scopes = ['instagram_business_basic', 'instagram_business_manage_messages'];

const pageScopes = [
  'instagram_basic',
  'instagram_manage_messages',
  'pages_show_list',
  'pages_manage_metadata',
  'pages_read_engagement',
  'business_management',
];

/** By a login with Instagram, where the app has an id and a secret for that, or else with Facebook, through the page. */
export const oauth: OAuth<Credentials> = {
  authorizeUrl: (app, request) =>
    hasInstagramLogin(app) ? instagramDialog(app, request) : facebookDialog(app, request, pageScopes),
  exchange: (app, consent) => (hasInstagramLogin(app) ? accountGranted(app, consent) : accountsOfPages(app, consent)),
};

/** What the dashboard shows as Instagram app id and secret, beside Meta's own. */
function hasInstagramLogin({ secrets }: OAuthApp): boolean {
  return Boolean(secrets['instagram_app_id'] && secrets['instagram_app_secret']);
}

function instagramDialog({ secrets }: OAuthApp, { redirectUrl, state, baseUrl }: ConsentRequest): string {
  const site = standIn(baseUrl) ?? 'https://www.instagram.com';
  const client_id = secrets['instagram_app_id'] ?? '';
  const query = { client_id, redirect_uri: redirectUrl, state, response_type: 'code', scope: scopes.join(',') };
  return `${site}/oauth/authorize?${new URLSearchParams(query).toString()}`;
}

/** Each page that its owner chooses, and that has an Instagram account, gives one. */
async function accountsOfPages(app: OAuthApp, consent: Consent) {
  const pages = await pagesGranted(app, consent, serverOf('facebook', consent.baseUrl));
  if (!pages.ok) return pages;
  const accounts = pages.value.flatMap((page): GrantedAccount<Credentials>[] => {
    const { id, name, access_token, instagram_business_account: own } = page;
    if (!own) return [];
    const credentials = { login: 'facebook', access_token, page_id: id } as const;
    return [{ externalId: own.id, name: own.username ?? name ?? own.id, credentials }];
  });
  return { ok: true as const, accounts };
}
