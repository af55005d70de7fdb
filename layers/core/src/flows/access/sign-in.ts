import * as v from 'valibot';
import { readFields, text } from '../../domain/fields.ts';
import type { Misfit } from '../../domain/fields.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { choosePassword, initiateAuth } from '../../store/user-pool.ts';
import type { SignedIn } from '../../store/user-pool.ts';
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

const passwordGrant = v.looseObject({ email: text(1), password: text(1), new_password: v.optional(text(1)) });
const refreshGrant = v.looseObject({ refresh_token: text(1) });

/** The password and refresh grants of `/auth/v1/token`, answered by the deployment's Cognito user pool. */
export async function signIn(grant: string | null, body: unknown): Promise<Result<Session>> {
  if (grant === 'password') {
    const read = readFields(passwordGrant, body);
    if (!read.ok) return required(read.misfit, `'email' and 'password' are required`);
    return byPassword(read.value);
  }
  if (grant !== 'refresh_token')
    return refuse(400, 'unsupported_grant_type', `'grant_type' must be password or refresh_token`, {
      details: 'grant_type',
    });
  const read = readFields(refreshGrant, body);
  if (!read.ok) return required(read.misfit, `'refresh_token' is required`);
  const { refresh_token } = read.value;
  return sessionOf(await initiateAuth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refresh_token }), refresh_token);
}

/** The user that a token speaks for. */
export async function currentUser(bearer: string | undefined): Promise<Result<User>> {
  const principal = await authenticate({ bearer });
  if (!principal.ok) return principal;
  const { user, organizationId } = principal.value;
  if (!user) return refuse(401, 'no_user', 'This credential is a key, not a user');
  return ok(toUser(user.id, user.email, organizationId));
}

/** Users are kept in small letters. A temporary password is good for choosing another, which comes along as `new_password`. */
async function byPassword({
  email,
  password,
  new_password,
}: v.InferOutput<typeof passwordGrant>): Promise<Result<Session>> {
  const USERNAME = email.toLowerCase();
  const answer = await initiateAuth('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: password });
  if (answer === 'refused' || 'session' in answer) return sessionOf(answer);
  if (new_password === undefined)
    return refuse(400, 'new_password_required', 'The password is a temporary one: choose your own', {
      details: 'new_password',
      hint: `Send 'new_password' beside it.`,
    });
  const chosen = await choosePassword(answer.challenge, USERNAME, new_password);
  if (chosen === 'refused' || !('weak' in chosen)) return sessionOf(chosen);
  return refuse(422, 'weak_password', `'new_password': ${chosen.weak}`, { details: 'new_password' });
}

function required({ path: [details = ''] }: Misfit, words: string) {
  return refuse(400, 'validation_failed', words, { details });
}

/** The ID token is the one that carries the organization, so it is what clients present as their access token. */
async function sessionOf(answer: SignedIn, refreshToken = ''): Promise<Result<Session>> {
  if (answer === 'refused' || !('session' in answer))
    return refuse(400, 'invalid_credentials', 'Invalid login credentials');
  const { IdToken, RefreshToken, ExpiresIn } = answer.session;
  const user = await currentUser(IdToken);
  if (!user.ok) return user;
  return ok({
    access_token: IdToken,
    refresh_token: RefreshToken ?? refreshToken,
    token_type: 'bearer',
    expires_in: ExpiresIn,
    expires_at: Math.floor(Date.now() / 1000) + ExpiresIn,
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
