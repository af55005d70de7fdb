import { JwtVerifier } from 'aws-jwt-verify';
import { JwtExpiredError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { OrganizationId } from '../../domain/id.ts';
import { refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { setting } from '../../store/environment.ts';
import type { Principal } from './authenticate.ts';

/** The user whom a token of the deployment's issuer names. */
export async function authenticateUser(token: string): Promise<Result<Principal>> {
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
