import { json, partsOf, type Answer, type Call } from '../http.ts';
import { accountsOf, askConsent } from '../meta/consent.ts';
import { graphError } from '../meta/errors.ts';
import { codeOf, isSecretOf } from '../meta/oauth.ts';
import type { MetaWorld } from '../meta/product.ts';

/** The login with Instagram itself, on its own hosts. Undefined for any other call. */
export function login(world: MetaWorld, call: Call): Answer | undefined {
  switch (`${call.method} ${partsOf(call.path).join('/')}`) {
    case 'GET oauth/authorize':
      return askConsent(world, 'instagram', call);
    case 'POST oauth/access_token':
      return firstToken(world, new URLSearchParams(call.body.toString('utf8')));
    case 'GET access_token':
      return exchanged(world, call);
    case 'GET refresh_access_token':
      return refreshed(world, call);
    default:
      return undefined;
  }
}

/** For a code, a token of one account that is good for an hour. */
function firstToken(world: MetaWorld, form: URLSearchParams): Answer {
  const app = form.get('client_id') ?? '';
  if (!isSecretOf(world, app, form.get('client_secret'))) return refused('Invalid client_secret');
  if (form.get('grant_type') !== 'authorization_code') return refused('Invalid grant_type');
  const owner = codeOf(world, form.get('code'), form.get('redirect_uri'))?.bearer;
  const [account] = owner?.kind === 'owner' ? accountsOf(world, 'instagram', app, owner.organization) : [];
  if (!account) return refused('This authorization code has been used or is not valid');
  const bearer = { kind: 'account', external_id: account.external_id } as const;
  const { token } = world.tokens.issue('IGAAS', { bearer, lasting: false });
  return json(200, { access_token: token, user_id: account.external_id, permissions: 'instagram_business_basic' });
}

function refused(error_message: string): Answer {
  return json(400, { error_type: 'OAuthException', code: 400, error_message });
}

/** For a token of an hour, one of 60 days. */
function exchanged(world: MetaWorld, { query }: Call): Answer {
  const grant = world.tokens.find(query.get('access_token') ?? '');
  const account = grant?.bearer.kind === 'account' ? world.accounts.get(grant.bearer.external_id) : undefined;
  if (!grant || !account || grant.lasting) return graphError({ code: 190 });
  if (query.get('grant_type') !== 'ig_exchange_token' || query.get('client_secret') !== account.app_secret)
    return graphError({ code: 100, message: 'Invalid grant_type or client_secret' });
  return json(200, { ...lasting(world, account.external_id), token_type: 'bearer' });
}

const dayMs = 86_400_000;

/** 60 more days, for a token that is a day old and still good. The one an account was registered with is old enough. */
function refreshed(world: MetaWorld, { query }: Call): Answer {
  const token = query.get('access_token') ?? '';
  const grant = world.tokens.find(token);
  const first = [...world.accounts.values()].find(({ access_token }) => access_token === token);
  const id = first?.external_id ?? (grant?.bearer.kind === 'account' ? grant.bearer.external_id : undefined);
  if (id === undefined || query.get('grant_type') !== 'ig_refresh_token') return graphError({ code: 190 });
  const isOldEnough = !grant || (grant.lasting && grant.issued + dayMs <= world.now());
  if (!isOldEnough) return graphError({ code: 100, message: 'The token must be at least 24 hours old' });
  return json(200, { ...lasting(world, id), token_type: 'bearer' });
}

function lasting(world: MetaWorld, external_id: string): { access_token: string; expires_in: number } {
  const bearer = { kind: 'account', external_id } as const;
  const { token: access_token, expires_in } = world.tokens.issue('IGAAL', { bearer, lasting: true });
  return { access_token, expires_in };
}
