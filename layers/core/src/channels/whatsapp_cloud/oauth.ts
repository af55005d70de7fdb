import { randomInt } from 'node:crypto';
import * as v from 'valibot';
import { phoneNumber } from '../../domain/phone-number.ts';
import type { Asked, GrantedAccount, OAuth, OAuthApp } from '../contract.ts';
import { facebookDialog } from '../shared/meta-oauth.ts';
import { compact, filledText, idText, maybe, number, object } from '../shared/read.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';
import { ask, numbersOf, type Phone } from './call.ts';
import type { Credentials } from './credentials.ts';

const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging', 'business_management'];

const granted = object({ access_token: filledText, expires_in: maybe(number) });

const inspected = object({
  data: object({
    expires_at: maybe(number),
    granular_scopes: maybe(v.array(object({ scope: v.string(), target_ids: maybe(v.array(idText)) }))),
  }),
});

/**
 * The Embedded Signup: its owner gives us business accounts and their numbers, and each number is an account. The app's
 * `config_id` is the login's configuration. A code of the signup's popup was asked for without an address to come back to.
 */
export const oauth: OAuth<Credentials> = {
  authorizeUrl: (app, request) => {
    const url = new URL(facebookDialog(app, request, scopes));
    const { config_id } = app.secrets;
    if (config_id === undefined) return url.href;
    url.searchParams.set('config_id', config_id);
    url.searchParams.set('override_default_response_type', 'true');
    return url.href;
  },
  exchange: async (app, { baseUrl, code, redirectUrl }) => {
    const token = await exchange(app, baseUrl, { code, ...(redirectUrl && { redirect_uri: redirectUrl }) });
    if (!token.ok) return token;
    const seen = await inspect(app, baseUrl, token.value);
    if (!seen.ok) return seen;
    return accountsOf(app, baseUrl, { token: token.value, ...seen.value });
  },
};

async function exchange(app: OAuthApp, baseUrl: string, given: Record<string, string>): Promise<Asked<string>> {
  const query = { client_id: app.id, client_secret: app.secrets['app_secret'] ?? '', ...given };
  const asked = await ask({ baseUrl }, { method: 'GET', path: 'oauth/access_token', query }, granted);
  return asked.ok ? { ok: true, value: asked.value.access_token } : asked;
}

interface Seen {
  /** ms */
  expiresAt?: number;
  businesses: string[];
}

/** Which business accounts a token is for: the scopes that are bound to some name them. The application asks in its own name. */
async function inspect(app: OAuthApp, baseUrl: string, token: string): Promise<Asked<Seen>> {
  const own = { access_token: `${app.id}|${app.secrets['app_secret'] ?? ''}` };
  const call = { method: 'GET', path: 'debug_token', query: { input_token: token } } as const;
  const asked = await ask({ baseUrl, credentials: own }, call, inspected);
  if (!asked.ok) return asked;
  const { granular_scopes = [], expires_at: seconds } = asked.value.data;
  const businesses = granular_scopes
    .filter(({ scope }) => scope === 'whatsapp_business_management')
    .flatMap(({ target_ids }) => target_ids ?? []);
  if (businesses.length === 0) return { ok: false, error: nothing };
  const expiresAt = seconds ? seconds * 1000 : undefined;
  return { ok: true, value: { businesses: [...new Set(businesses)], ...compact({ expiresAt }) } };
}

async function accountsOf(app: OAuthApp, baseUrl: string, { token, businesses, expiresAt }: Seen & { token: string }) {
  const accounts: GrantedAccount<Credentials>[] = [];
  for (const business of businesses) {
    const listed = await numbersOf(business, { baseUrl, credentials: { access_token: token } });
    if (!listed.ok) return listed;
    const shared = {
      access_token: token,
      waba_id: business,
      ...compact({ verify_token: app.secrets['verify_token'] }),
    };
    accounts.push(...listed.value.map((number) => ({ ...accountOf(number, shared), ...compact({ expiresAt }) })));
  }
  return { ok: true as const, accounts };
}

function accountOf(
  { id, display_phone_number, verified_name }: Phone,
  shared: Credentials,
): GrantedAccount<Credentials> {
  const number = phoneNumber(display_phone_number ?? '');
  return {
    externalId: id,
    name: verified_name ?? number ?? id,
    credentials: { ...shared, pin: newPin(), ...compact({ phone_number: number }) },
  };
}

/** A number that comes new to the Cloud API gets its PIN from us. */
function newPin(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0');
}

const nothing = sendErrorOf(
  mend('auth', 'nothing_granted', 'No WhatsApp Business account was shared. Choose one in the window of Meta.'),
);
