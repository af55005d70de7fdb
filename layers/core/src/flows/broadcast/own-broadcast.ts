import type { Broadcast } from '../../domain/broadcast.ts';
import { requiredText } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findBroadcast } from '../../store/broadcasts.ts';
import type { Principal } from '../access/authenticate.ts';

/** A broadcast of this organization, by the `id` of an action. */
export async function ownBroadcast(
  { organizationId }: Principal,
  body: Record<string, unknown>,
): Promise<Result<Broadcast>> {
  const id = requiredText(body, 'id');
  if (!id.ok) return id;
  const found = await findBroadcast(organizationId, id.value as Broadcast['id']);
  return found
    ? ok(found)
    : refuse(404, 'no_broadcast', `'id' names no broadcast of this organization`, { details: 'id' });
}
