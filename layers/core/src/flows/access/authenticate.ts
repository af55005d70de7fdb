import { JwtVerifier } from 'aws-jwt-verify';
import { JwtExpiredError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { OrganizationId } from '../../domain/id.ts';
import { refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { setting } from '../../store/environment.ts';
import { organizationOfApiKey } from '../../store/organizations.ts';

/** Who is asking. The organization comes from the credential and from nowhere else. */
export interface Principal {
  organizationId: OrganizationId;
  /** the user, when a person asks */
  user?: { id: string; email?: string; name?: string };
}

export interface Credentials {
  apiKey?: string | undefined;
  bearer?: string | undefined;
}

/** A user's token counts before a key: supabase-js sends both, and the token says who is asking. */
export async function authenticate({ apiKey, bearer }: Credentials): Promise<Result<Principal>> {
  if (bearer && isJwt(bearer)) return authenticateUser(bearer);
  const key = apiKey ?? bearer;
  if (!key)
    return refuse(401, 'PGRST302', 'No credential was given', {
      hint: 'Send X-API-Key, apikey, or Authorization: Bearer.',
    });
  if (isJwt(key)) return authenticateUser(key);
  const organizationId = await organizationOfApiKey(key);
  return organizationId ? { ok: true, value: { organizationId } } : refuse(401, 'PGRST301', 'The API key is not known');
}

async function authenticateUser(token: string): Promise<Result<Principal>> {
  try {
    const claims = await verifier().verify(token);
    const organization = claims[setting('ORGANIZATION_CLAIM')];
    if (typeof organization !== 'string' || !claims.sub) return refuse(403, '42501', 'The token names no organization');
    const email = typeof claims['email'] === 'string' ? { email: claims['email'] } : {};
    const name = typeof claims['name'] === 'string' ? { name: claims['name'] } : {};
    const user = { id: claims.sub, ...email, ...name };
    return { ok: true, value: { organizationId: organization as OrganizationId, user } };
  } catch (error) {
    return refuse(401, 'PGRST301', error instanceof JwtExpiredError ? 'JWT expired' : 'The token is not valid');
  }
}

let cached: ReturnType<typeof makeVerifier> | undefined;

function verifier(): ReturnType<typeof makeVerifier> {
  cached ??= makeVerifier();
  return cached;
}

function makeVerifier() {
  const properties = { issuer: setting('ISSUER'), audience: setting('AUDIENCE'), jwksUri: setting('JWKS_URI') };
  return JwtVerifier.create(properties, { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeys } }) });
}

/** The library's own fetcher speaks https only, and an issuer of one's own may stand on loopback. */
async function fetchKeys(uri: string): Promise<ArrayBuffer> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`The issuer's keys could not be read: HTTP ${response.status}`);
  return response.arrayBuffer();
}

function isJwt(text: string): boolean {
  return text.startsWith('eyJ') && text.split('.').length === 3;
}
