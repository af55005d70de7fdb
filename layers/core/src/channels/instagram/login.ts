import type { InferOutput } from 'valibot';
import type { Consent, OAuth, OAuthApp } from '../contract.ts';
import { callProvider, type ProviderAnswer, type Silence } from '../shared/http.ts';
import { standIn } from '../shared/meta-api.ts';
import { errorOf } from '../shared/meta-errors.ts';
import { fieldsOf, readAs } from '../shared/read.ts';
import type { Credentials } from './credentials.ts';
import { serverOf } from './graph.ts';
import { ownerOf } from './probe.ts';
import { first, lasting, TIMEOUT_MS } from './token.ts';

/** The code becomes a token of an hour, that one of 60 days, and this names its account. */
export async function accountGranted(app: OAuthApp, consent: Consent): ReturnType<OAuth<Credentials>['exchange']> {
  const server = serverOf('instagram', consent.baseUrl);
  const short = await codeExchanged(app, consent);
  const early = firstIn(short);
  if (!early) return { ok: false, error: errorOf(short, server) };
  const asked = Date.now();
  const long = await exchanged(app, server.baseUrl, early.access_token);
  const token = long.kind === 'answer' && long.status === 200 ? readAs(lasting, long.json) : undefined;
  if (!token) return { ok: false, error: errorOf(long, server) };
  const { access_token } = token;
  const owner = await ownerOf({ ...server, token: access_token });
  if (!owner.ok) return owner;
  const { externalId, name = externalId } = owner.value;
  const credentials = { login: 'instagram', access_token } as const;
  return { ok: true, accounts: [{ externalId, name, credentials, expiresAt: asked + token.expires_in * 1000 }] };
}

/** The browser brings the code with `#_` at its end, which is no part of it. */
function codeExchanged({ secrets }: OAuthApp, { code, redirectUrl, baseUrl }: Consent) {
  const form = {
    client_id: secrets['instagram_app_id'] ?? '',
    client_secret: secrets['instagram_app_secret'] ?? '',
    grant_type: 'authorization_code',
    redirect_uri: redirectUrl,
    code: code.replace(/#_$/, ''),
  };
  return callProvider({
    method: 'POST',
    url: `${standIn(baseUrl) ?? 'https://api.instagram.com'}/oauth/access_token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    timeoutMs: TIMEOUT_MS,
  });
}

/** Some answers have it in a list ("Business login", sample answers). */
function firstIn(answer: ProviderAnswer | Silence): InferOutput<typeof first> | undefined {
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined;
  const { data } = fieldsOf(answer.json);
  return readAs(first, Array.isArray(data) ? data[0] : answer.json);
}

function exchanged({ secrets }: OAuthApp, baseUrl: string, token: string): Promise<ProviderAnswer | Silence> {
  const query = new URLSearchParams({
    grant_type: 'ig_exchange_token',
    client_secret: secrets['instagram_app_secret'] ?? '',
    access_token: token,
  });
  return callProvider({ method: 'GET', url: `${baseUrl}/access_token?${query.toString()}`, timeoutMs: TIMEOUT_MS });
}
