import type { OrganizationId } from '../../domain/id.ts';
import { refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { organizationOfApiKey } from '../../store/api-keys.ts';

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
  if (bearer && isJwt(bearer)) return userOf(bearer);
  const key = apiKey ?? bearer;
  if (!key)
    return refuse(401, 'PGRST302', 'No credential was given', {
      hint: 'Send X-API-Key, apikey, or Authorization: Bearer.',
    });
  if (isJwt(key)) return userOf(key);
  const organizationId = await organizationOfApiKey(key);
  return organizationId ? { ok: true, value: { organizationId } } : refuse(401, 'PGRST301', 'The API key is not known');
}

/** Other systems have keys: what reads tokens is loaded for people. */
async function userOf(token: string): Promise<Result<Principal>> {
  return (await import('./authenticate-user.ts')).authenticateUser(token);
}

function isJwt(text: string): boolean {
  return text.startsWith('eyJ') && text.split('.').length === 3;
}
