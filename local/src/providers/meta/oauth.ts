import { json, type Answer, type Call } from '../http.ts';
import type { Json } from '../../json.ts';
import { accountsOf } from './consent.ts';
import { graphError } from './errors.ts';
import { select } from './fields.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';
import type { Bearer, Grant } from './tokens.ts';

type Owner = Extract<Bearer, { kind: 'owner' }>;

/** `GET /oauth/access_token`: for a code the token of its owner, and for that one which lasts. */
export function userToken(world: MetaWorld, { query }: Call): Answer {
  const app = query.get('client_id') ?? '';
  if (!isSecretOf(world, app, query.get('client_secret'))) return graphError({ code: 1, message: badSecret }, 400);
  const isExchange = query.get('grant_type') === 'fb_exchange_token';
  const grant = isExchange
    ? world.tokens.find(query.get('fb_exchange_token') ?? '')
    : codeOf(world, query.get('code'), query.get('redirect_uri'));
  const bearer = grant?.bearer;
  if (bearer?.kind !== 'owner' || bearer.app_id !== app)
    return graphError({ code: 100, message: 'This authorization code or token is not valid' });
  const { token, expires_in } = world.tokens.issue('EAAU', { bearer, lasting: isExchange });
  return json(200, { access_token: token, token_type: 'bearer', expires_in });
}

const badSecret = 'Error validating client secret.';

/** A code is good once, for the very address it was sent to. */
export function codeOf(world: MetaWorld, code: string | null, redirectUri: string | null): Grant | undefined {
  const grant = world.tokens.take(code ?? '');
  return grant?.redirect_uri !== undefined && grant.redirect_uri === redirectUri ? grant : undefined;
}

export function isSecretOf(world: MetaWorld, appId: string, secret: string | null): boolean {
  return [...world.accounts.values()].some(({ app_id, app_secret }) => app_id === appId && app_secret === secret);
}

/** `GET /me/accounts`: the owner's pages, each with its own token. Pages that a code led to a short-lived token for are listed all the same. */
export function pagesOf(world: MetaWorld, product: Product, owner: Owner, { query }: Call): Answer {
  const all = accountsOf(world, 'facebook', owner.app_id, owner.organization).map((account) =>
    pageOf(product, account),
  );
  const from = Number(query.get('after') ?? 0);
  const to = from + Number(query.get('limit') ?? 25);
  const fields = query.get('fields') ?? 'name,access_token,tasks';
  const data = all.slice(from, to).map((page) => select(page, fields));
  const bad = data.find((one) => 'unknown' in one);
  if (bad && 'unknown' in bad) return graphError({ code: 100, message: nonexisting(bad.unknown, 'Page') });
  const next = to < all.length ? { next: 'https://graph.facebook.com/next' } : {};
  const found = data.flatMap((one) => ('value' in one ? [one.value] : []));
  return json(200, { data: found, paging: { cursors: { after: String(to) }, ...next } });
}

export function nonexisting(field: string, type: string): string {
  return `Tried accessing nonexisting field (${field}) on node type (${type})`;
}

/** A page, with the Instagram account it is linked to. */
export function pageOf(product: Product, account: MetaAccount): Json {
  const { name, access_token, external_id: id } = account;
  const own = account.channel === 'instagram' ? { instagram_business_account: { id, username: name } } : {};
  return { id: product.senderOf(account), name, access_token, tasks: ['MODERATE', 'MESSAGING', 'MANAGE'], ...own };
}
