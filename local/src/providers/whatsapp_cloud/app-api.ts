import { json, type Answer, type Call } from '../http.ts';
import { choice } from '../meta/consent.ts';
import { isHttpUrl } from '../media.ts';
import { bearer } from '../http.ts';
import { accountsWith, type Cloud } from './cloud.ts';
import { graphError } from './errors.ts';

/**
 * `GET /dialog/oauth`: the owner of an organization's numbers gives them to an app. Here anyone does: the page asks whose,
 * and `as` answers it at once.
 */
export function askConsent(cloud: Cloud, call: Call): Answer {
  const { client_id = '', redirect_uri = '', state = '', response_type = 'code', as } = Object.fromEntries(call.query);
  const organizations = ownersOf(cloud, client_id);
  if (organizations.length === 0) return graphError({ code: 100, message: `Invalid App ID: ${client_id}` });
  if (!isHttpUrl(redirect_uri)) return graphError({ code: 100, message: 'The redirect_uri URL must be absolute' });
  if (response_type !== 'code') return graphError({ code: 100, message: 'response_type must be code' });
  if (as === undefined) return choice(call, organizations);
  if (!organizations.includes(as)) return graphError({ code: 100, message: `Nobody is called ${as}` });
  const grant = {
    bearer: { kind: 'owner', organization: as, app_id: client_id },
    lasting: false,
    redirect_uri,
  } as const;
  const url = new URL(redirect_uri);
  url.searchParams.set('code', cloud.tokens.issue('AQ', grant).token);
  url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href }, body: '', shown: null };
}

/** `GET /oauth/access_token`: the business's token for a code, which is good once, and for the very address it was sent to. */
export function accessToken(cloud: Cloud, { query }: Call): Answer {
  const app = query.get('client_id') ?? '';
  if (!isSecretOf(cloud, app, query.get('client_secret')))
    return graphError({ code: 1, message: 'Error validating client secret.' });
  const grant = cloud.tokens.take(query.get('code') ?? '');
  const { bearer: whose, redirect_uri } = grant ?? {};
  if (whose?.kind !== 'owner' || whose.app_id !== app || redirect_uri !== (query.get('redirect_uri') ?? undefined))
    return graphError({ code: 100, subcode: 36_008, message: 'Error validating verification code.' });
  const { token, expires_in } = cloud.tokens.issue('EAA', { bearer: whose, lasting: true });
  return json(200, { access_token: token, token_type: 'bearer', expires_in });
}

/** `GET /debug_token`: an app asks of its tokens, and a token of itself. */
export function debugToken(cloud: Cloud, call: Call): Answer {
  const input = call.query.get('input_token') ?? '';
  const asking = bearer(call) ?? call.query.get('access_token') ?? '';
  const [app = '', secret = ''] = asking.split('|');
  if (asking !== input && !isSecretOf(cloud, app, secret)) return graphError({ code: 190 });
  const accounts = accountsWith(cloud, input);
  const grant = cloud.tokens.find(input);
  if (accounts.length === 0) return json(200, { data: { is_valid: false, scopes: [] } });
  const target_ids = [...new Set(accounts.map(({ waba_id }) => waba_id))];
  return json(200, {
    data: {
      app_id: accounts[0]?.app_id,
      type: 'SYSTEM_USER',
      is_valid: true,
      expires_at: grant ? Math.floor(grant.expires / 1000) : 0,
      scopes,
      granular_scopes: scopes.map((scope) => ({ scope, target_ids })),
    },
  });
}

const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];

function ownersOf(cloud: Cloud, appId: string): string[] {
  const own = [...cloud.accounts.values()].filter(({ app_id }) => app_id === appId);
  return [...new Set(own.map(({ organization }) => organization))];
}

function isSecretOf(cloud: Cloud, appId: string, secret: string | null): boolean {
  return [...cloud.accounts.values()].some(({ app_id, app_secret }) => app_id === appId && app_secret === secret);
}
