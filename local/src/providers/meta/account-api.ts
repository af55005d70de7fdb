import { json, type Answer, type Call } from '../http.ts';
import { invalid } from './check.ts';
import { graphError } from './errors.ts';
import { select } from './fields.ts';
import { loginOf } from './consent.ts';
import { nonexisting, pageOf } from './oauth.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';

/** `GET /{sender}` or `/me`. `id` of an account that is connected by itself is another than the webhooks have. */
export function describe(product: Product, account: MetaAccount, { query }: Call): Answer {
  const { external_id: user_id, name } = account;
  const own = { id: `9${user_id.slice(1)}`, user_id, username: name, name, account_type: 'BUSINESS' };
  const isPage = loginOf(account) === 'facebook';
  const selected = select(isPage ? pageOf(product, account) : own, query.get('fields') ?? 'name');
  if ('value' in selected) return json(200, selected.value);
  return graphError(invalid(nonexisting(selected.unknown, isPage ? 'Page' : 'IGUser')));
}

/** `POST`, `GET` and `DELETE /{sender}/subscribed_apps`. */
export function subscription(world: MetaWorld, product: Product, account: MetaAccount, call: Call): Answer {
  const { subscriptions } = world;
  if (call.method === 'GET') {
    const fields = subscriptions.of(account);
    const app = { category: 'Business', name: 'Parley', id: account.app_id, subscribed_fields: fields };
    return json(200, { data: fields.length > 0 ? [app] : [] });
  }
  if (call.method === 'DELETE') {
    subscriptions.set(account, []);
    return json(200, { success: true });
  }
  const fields = (call.query.get('subscribed_fields') ?? '').split(',').filter(Boolean);
  const able = product.subscribable(account);
  const strange = fields.find((field) => !able.includes(field));
  if (fields.length === 0) return graphError(invalid('The parameter subscribed_fields is required.'));
  if (strange !== undefined)
    return graphError(invalid(`Param subscribed_fields[0] must be one of {${able.join(', ')}} - got "${strange}".`));
  subscriptions.set(account, fields);
  return json(200, { success: true });
}

/** `GET /debug_token`: of a page's token or a user's, asked with any token of the same app. */
export function debugToken(world: MetaWorld, product: Product, appId: string, { query }: Call): Answer {
  const input = query.get('input_token') ?? '';
  const page = [...world.accounts.values()].find(({ access_token }) => access_token === input);
  const grant = world.tokens.find(input);
  const ofApp = page?.app_id === appId || (grant?.bearer.kind === 'owner' && grant.bearer.app_id === appId);
  if (!ofApp)
    return json(200, { data: { is_valid: false, error: { code: 190, message: 'Invalid token' }, scopes: [] } });
  const data = {
    app_id: appId,
    type: page ? 'PAGE' : 'USER',
    is_valid: true,
    expires_at: page || !grant ? 0 : Math.floor(grant.expires / 1000),
    scopes: product.scopes,
    ...(page && { profile_id: product.senderOf(page) }),
  };
  return json(200, { data });
}
