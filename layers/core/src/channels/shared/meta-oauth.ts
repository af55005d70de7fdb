import * as v from 'valibot';
import type { Asked, Consent, ConsentRequest, OAuthApp } from '../contract.ts';
import { askGraph, listFromGraph } from './meta-account.ts';
import { standIn, VERSION, type GraphServer } from './meta-api.ts';
import { filledText, idText, maybe, object } from './read.ts';

/** A page that the owner let us have, with the Instagram account it is linked to. */
export type GrantedPage = v.InferOutput<typeof page>;

const granted = object({ access_token: filledText });

const page = object({
  id: idText,
  name: maybe(v.string()),
  access_token: filledText,
  tasks: maybe(v.array(v.string())),
  instagram_business_account: maybe(object({ id: idText, username: maybe(filledText) })),
});

/** Where the owner of pages is asked for them. A server that stands in for Meta's has the consent page too. */
export function facebookDialog(
  app: OAuthApp,
  { redirectUrl, state, baseUrl }: ConsentRequest,
  scopes: readonly string[],
): string {
  const site = standIn(baseUrl) ?? `https://www.facebook.com/${VERSION}`;
  const query = { client_id: app.id, redirect_uri: redirectUrl, state, response_type: 'code', scope: scopes.join(',') };
  return `${site}/dialog/oauth?${new URLSearchParams(query).toString()}`;
}

/** The code becomes a token of its owner for an hour, that one of 60 days, and with this the pages' own, which do not run out, are had. */
export async function pagesGranted(
  app: OAuthApp,
  { code, redirectUrl }: Pick<Consent, 'code' | 'redirectUrl'>,
  at: GraphServer,
): Promise<Asked<GrantedPage[]>> {
  const client = { client_id: app.id, client_secret: app.secrets['app_secret'] ?? '' };
  const first = await tokenFor(at, { ...client, redirect_uri: redirectUrl, code });
  if (!first.ok) return first;
  const exchange = { grant_type: 'fb_exchange_token', fb_exchange_token: first.value };
  const lasting = await tokenFor(at, { ...client, ...exchange });
  return lasting.ok ? allPages({ ...at, token: lasting.value }) : lasting;
}

async function tokenFor(at: GraphServer, query: Record<string, string>): Promise<Asked<string>> {
  const asked = await askGraph(at, { path: 'oauth/access_token', query }, granted);
  return asked.ok ? { ok: true, value: asked.value.access_token } : asked;
}

const fields = 'id,name,access_token,tasks,instagram_business_account{id,username}';

/** Those on which the owner may read and write messages. */
async function allPages(owner: GraphServer & { token: string }): Promise<Asked<GrantedPage[]>> {
  const asked = await listFromGraph(owner, { path: 'me/accounts', query: { fields } }, page);
  return asked.ok ? { ok: true, value: asked.value.filter(mayMessage) } : asked;
}

function mayMessage({ tasks }: GrantedPage): boolean {
  return tasks === undefined || tasks.includes('MESSAGING') || tasks.includes('MODERATE');
}
