import type { Broadcast, BroadcastStatus } from '../../domain/broadcast.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { askForExport, askForRetry } from '../../store/broadcast-counters.ts';
import { broadcastStatus, findBroadcast } from '../../store/broadcasts.ts';
import { turnBroadcast } from '../../store/broadcast-steps.ts';
import type { BroadcastChange } from '../../store/broadcast-item.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';
import { outsideQuiet } from '../deliver/quiet.ts';
import { readTime } from '../send/time.ts';
import { ownBroadcast } from './own-broadcast.ts';
import { samplesOf } from './preview.ts';

type Body = Record<string, unknown>;

/** Starts a broadcast now, or, with `scheduled_at`, at that time: with its offset, or of the clock of `timezone` or the organization. Refused when the first of its list would all be refused for what it says, and within quiet hours that refuse. */
export async function startBroadcast(load: LoadChannel, principal: Principal, body: Body): Promise<Result<Broadcast>> {
  const found = await ownBroadcast(principal, body);
  if (!found.ok) return found;
  const broadcast = found.value;
  if (broadcast.status !== 'READY') return wrongState(broadcast, 'start');
  const samples = await samplesOf(load, broadcast, 3);
  if (!samples.ok) return samples;
  const refused = samples.value.flatMap(({ preview }) => (preview.ok ? [] : [preview.problem]));
  const [problem] = refused;
  if (problem && refused.length === samples.value.length) return { ok: false, problem };
  const isNow = (body['scheduled_at'] ?? body['timezone'] ?? undefined) === undefined;
  const leaves = isNow ? ok(Date.now()) : await readTime(principal, body);
  if (!leaves.ok) return leaves;
  const field = isNow ? undefined : 'scheduled_at';
  const allowed = await outsideQuiet(principal.organizationId, 'bulk', leaves.value, field);
  if (!allowed.ok) return allowed;
  if (isNow) return turn(broadcast, 'start', ['READY'], { status: 'RUNNING', startedAt: leaves.value, due: 'run' });
  return turn(broadcast, 'start', ['READY'], { scheduledAt: leaves.value, due: 'schedule' });
}

/** What is not made yet is not made, and what is made waits: from a few seconds on nothing leaves. */
export async function pauseBroadcast(principal: Principal, body: Body): Promise<Result<Broadcast>> {
  const found = await ownBroadcast(principal, body);
  return found.ok ? turn(found.value, 'pause', ['RUNNING'], { status: 'PAUSED' }) : found;
}

export async function resumeBroadcast(principal: Principal, body: Body): Promise<Result<Broadcast>> {
  const found = await ownBroadcast(principal, body);
  return found.ok ? turn(found.value, 'resume', ['PAUSED'], { status: 'RUNNING', due: 'run' }, true) : found;
}

/** Nothing more is made, and what is made and has not left fails as `cancelled`. What has left has left. */
export async function cancelBroadcast(principal: Principal, body: Body): Promise<Result<Broadcast>> {
  const found = await ownBroadcast(principal, body);
  const change: BroadcastChange = { status: 'CANCELLED', due: 'run', finishedAt: Date.now() };
  const among: BroadcastStatus[] = ['DRAFT', 'IMPORTING', 'READY', 'RUNNING', 'PAUSED'];
  return found.ok ? turn(found.value, 'cancel', among, change, true) : found;
}

/** Asks for a file of what became of every recipient. It is at `export.url` of the row when it is ready. */
export async function requestExport(principal: Principal, body: Body): Promise<Result<Broadcast>> {
  const found = await ownBroadcast(principal, body);
  if (!found.ok) return found;
  if (found.value.startedAt === undefined) return wrongState(found.value, 'export');
  await askForExport(principal.organizationId, found.value.id, Date.now());
  return found;
}

/** Its messages of which nobody knows whether they arrived go once more. One that is cancelled lets nothing go. */
export async function retryBroadcast(principal: Principal, body: Body): Promise<Result<Broadcast>> {
  const found = await ownBroadcast(principal, body);
  if (!found.ok) return found;
  const { id, status, startedAt } = found.value;
  if (startedAt === undefined || status === 'CANCELLED') return wrongState(found.value, 'retry');
  await askForRetry(principal.organizationId, id, Date.now());
  return found;
}

async function turn(
  broadcast: Broadcast,
  verb: string,
  among: BroadcastStatus[],
  change: BroadcastChange,
  release = false,
): Promise<Result<Broadcast>> {
  const turned = await turnBroadcast(broadcast, change, among, { release });
  const { organizationId, id } = broadcast;
  broadcastStatus.forget(organizationId, id);
  return turned ? ok(turned) : wrongState((await findBroadcast(organizationId, id)) ?? broadcast, verb);
}

function wrongState({ id, status }: Broadcast, verb: string) {
  return refuse(409, 'wrong_state', `'${id}' is ${status}: it can't be asked to ${verb}`, { details: 'status' });
}
