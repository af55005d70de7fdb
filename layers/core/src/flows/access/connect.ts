import type { Result } from '../../domain/problem.ts';
import { saveConnection } from '../../store/connections.ts';
import { authenticate } from './authenticate.ts';
import type { Credentials, Principal } from './authenticate.ts';

/** Lets a client hear what happens in its organization, from now until it leaves. */
export async function connect(credentials: Credentials, connectionId: string): Promise<Result<Principal>> {
  const principal = await authenticate(credentials);
  if (principal.ok) await saveConnection(principal.value.organizationId, connectionId);
  return principal;
}
