import type { OAuth } from '../contract.ts';
import { facebookDialog, pagesGranted } from '../shared/meta-oauth.ts';
import type { Credentials } from './credentials.ts';
import { failures } from './errors.ts';
import { manifest } from './manifest.ts';

/** To choose pages, to hear of them, and to read and write their messages ("Permissions"). */
const scopes = [
  'pages_show_list',
  'pages_messaging',
  'pages_manage_metadata',
  'pages_read_engagement',
  'business_management',
];

/** By a login with Facebook: each page that its owner chooses is an account. */
export const oauth: OAuth<Credentials> = {
  authorizeUrl: (app, request) => facebookDialog(app, request, scopes),
  exchange: async (app, consent) => {
    const pages = await pagesGranted(app, consent, { label: manifest.label, baseUrl: consent.baseUrl, failures });
    if (!pages.ok) return pages;
    const accounts = pages.value.map(({ id, name = id, access_token }) => ({
      externalId: id,
      name,
      credentials: { access_token },
    }));
    return { ok: true, accounts };
  },
};
