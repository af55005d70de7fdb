import { json, type Answer, type Call } from '../http.ts';
import { isHttpUrl } from '../media.ts';
import { choice } from '../meta/consent.ts';
import type { Tiktok } from './world.ts';

/**
 * `GET /v2/auth/authorize`: the page on which an owner gives an app their account. Here anyone owns the account of any organization: the page asks which,
 * `as` answers it at once, and `without` unticks a scope.
 */
export function authorize({ accounts, tokens }: Tiktok, call: Call): Answer {
  const { client_key, redirect_uri = '', response_type, scope = '', state = '', as, without } = queryOf(call);
  const own = [...accounts.values()].filter((account) => account.client_key === client_key);
  if (own.length === 0) return wrong('client_key');
  if (!isHttpUrl(redirect_uri)) return wrong('redirect_uri');
  if (response_type !== 'code') return wrong('response_type');
  if (scope === '') return wrong('scope');
  const names = [...new Set(own.map(({ organization }) => organization))];
  if (as === undefined) return choice(call, names);
  const account = own.find(({ organization }) => organization === as);
  if (!account) return wrong('as');
  const scopes = scope.split(',').filter((one) => one !== without);
  const url = new URL(redirect_uri);
  url.searchParams.set('code', tokens.code(account, redirect_uri, scopes));
  url.searchParams.set('scopes', scopes.join(','));
  url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href }, body: '', shown: null };
}

function queryOf({ query }: Call): Record<string, string | undefined> {
  return Object.fromEntries(query);
}

function wrong(parameter: string): Answer {
  return json(400, { error: 'invalid_request', error_description: parameter });
}
