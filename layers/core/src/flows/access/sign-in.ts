import * as v from 'valibot';
import { readFields, text } from '../../domain/fields.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { initiateAuth } from '../../store/user-pool.ts';
import type { AuthFlow } from '../../store/user-pool.ts';
import { authenticate } from './authenticate.ts';

/** A session as Supabase's client expects it. */
export interface Session {
  access_token: string;
  refresh_token: string;
  token_type: 'bearer';
  /** seconds */
  expires_in: number;
  /** seconds since the epoch */
  expires_at: number;
  user: User;
}

export interface User {
  id: string;
  email: string | null;
  aud: 'authenticated';
  role: 'authenticated';
  app_metadata: { organization_id: string };
  user_metadata: Record<string, never>;
}

const passwordGrant = v.looseObject({ email: text(1), password: text(1) });
const refreshGrant = v.looseObject({ refresh_token: text(1) });

/** The password and refresh grants of `/auth/v1/token`, answered by the deployment's Cognito user pool. */
export async function signIn(grant: string | null, body: unknown): Promise<Result<Session>> {
  if (grant === 'password') {
    const read = readFields(passwordGrant, body);
    if (!read.ok) return refuse(400, 'validation_failed', `'email' and 'password' are required`);
    return initiate('USER_PASSWORD_AUTH', { USERNAME: read.value.email, PASSWORD: read.value.password });
  }
  if (grant !== 'refresh_token')
    return refuse(400, 'unsupported_grant_type', `'grant_type' must be password or refresh_token`);
  const read = readFields(refreshGrant, body);
  if (!read.ok) return refuse(400, 'validation_failed', `'refresh_token' is required`);
  const { refresh_token } = read.value;
  return initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refresh_token }, refresh_token);
}

/** The user that a token speaks for. */
export async function currentUser(bearer: string | undefined): Promise<Result<User>> {
  const principal = await authenticate({ bearer });
  if (!principal.ok) return principal;
  const { user, organizationId } = principal.value;
  if (!user) return refuse(401, 'no_user', 'This credential is a key, not a user');
  return ok(toUser(user.id, user.email, organizationId));
}

/** The ID token is the one that carries the organization, so it is what clients present as their access token. */
async function initiate(
  flow: AuthFlow,
  parameters: Record<string, string>,
  refreshToken = '',
): Promise<Result<Session>> {
  const answer = await initiateAuth(flow, parameters);
  if (!answer) return refuse(400, 'invalid_credentials', 'Invalid login credentials');
  const user = await currentUser(answer.IdToken);
  if (!user.ok) return user;
  return ok({
    access_token: answer.IdToken,
    refresh_token: answer.RefreshToken ?? refreshToken,
    token_type: 'bearer',
    expires_in: answer.ExpiresIn,
    expires_at: Math.floor(Date.now() / 1000) + answer.ExpiresIn,
    user: user.value,
  });
}

function toUser(id: string, email: string | undefined, organization: string): User {
  return {
    id,
    email: email ?? null,
    aud: 'authenticated',
    role: 'authenticated',
    app_metadata: { organization_id: organization },
    user_metadata: {},
  };
}
