import type { Answer, Call } from '../http.ts';
import { isHttpUrl } from '../media.ts';
import { graphError } from './errors.ts';
import type { MetaAccount, MetaWorld } from './product.ts';

type Login = 'instagram' | 'facebook';

/**
 * The page on which an owner gives an app their accounts. Here anyone owns the accounts of any organization: the page asks
 * which, and `as` answers it at once.
 */
export function askConsent(world: MetaWorld, login: Login, call: Call): Answer {
  const { client_id = '', redirect_uri = '', response_type, as } = Object.fromEntries(call.query);
  const organizations = ownersOf(world, login, client_id);
  if (organizations.length === 0) return wrong(`Invalid App ID: ${client_id}`);
  if (!isHttpUrl(redirect_uri)) return wrong('The redirect_uri URL must be absolute');
  if (response_type !== undefined && response_type !== 'code') return wrong('response_type must be code');
  if (as === undefined) return choice(call, organizations);
  if (!organizations.includes(as)) return wrong(`Nobody is called ${as}`);
  return goBack(world, login, call, as);
}

/** Accounts that the owner of this organization has given the app by this login. */
export function accountsOf(world: MetaWorld, login: Login, appId: string, organization: string): MetaAccount[] {
  return [...world.accounts.values()].filter(
    (account) => account.app_id === appId && account.organization === organization && loginOf(account) === login,
  );
}

export function loginOf(account: MetaAccount): Login {
  return account.channel === 'instagram' ? account.login : 'facebook';
}

function ownersOf(world: MetaWorld, login: Login, appId: string): string[] {
  const accounts = [...world.accounts.values()];
  const own = accounts.filter((account) => account.app_id === appId && loginOf(account) === login);
  return [...new Set(own.map(({ organization }) => organization))];
}

/** Instagram adds `#_` to where it sends the browser. */
function goBack(world: MetaWorld, login: Login, call: Call, organization: string): Answer {
  const { client_id: app_id = '', redirect_uri = '', state = '' } = Object.fromEntries(call.query);
  const bearer = { kind: 'owner', organization, app_id } as const;
  const { token: code } = world.tokens.issue('AQ', { bearer, lasting: false, redirect_uri });
  const url = new URL(redirect_uri);
  url.searchParams.set('code', code);
  url.searchParams.set('state', state);
  if (login === 'instagram') url.hash = '_';
  return { status: 302, headers: { location: url.href }, body: '', shown: null };
}

/** A page that asks which organization's owner someone is. */
export function choice(call: Call, organizations: readonly string[]): Answer {
  const links = organizations.map((name) => {
    const query = new URLSearchParams([...call.query, ['as', name]]);
    return `<p><a href="?${escaped(query.toString())}">${escaped(name)}</a></p>`;
  });
  const body = `<!doctype html><meta charset="utf-8"><title>Consent</title><h1>Continue as</h1>${links.join('')}`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body, shown: organizations };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function wrong(message: string): Answer {
  return graphError({ code: 100, message });
}
