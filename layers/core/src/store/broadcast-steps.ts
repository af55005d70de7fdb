import { randomUUID } from 'node:crypto';
import type { Broadcast, BroadcastStatus } from '../domain/broadcast.ts';
import { CLOCK_TOLERANCE_MS } from '../domain/clock.ts';
import type { BroadcastId, OrganizationId } from '../domain/id.ts';
import { fromBroadcastItem, nameOf } from './broadcast-item.ts';
import type { BroadcastChange, BroadcastDue } from './broadcast-item.ts';
import { broadcastKey } from './keys/broadcasts.ts';
import { updateItem } from './table.ts';
import type { Condition, Update } from './expressions.ts';

/**
 * Takes a broadcast one step on, if it still is at the step it was read at, and in one of these states. Undefined: it is not. What `change` names is
 * written, and everything else stays as it is.
 */
export async function stepBroadcast(
  { organizationId, id, step }: Pick<Broadcast, 'organizationId' | 'id' | 'step'>,
  change: BroadcastChange,
  among?: BroadcastStatus[],
): Promise<Broadcast | undefined> {
  const guard = among && isAmong(among);
  return write({ organizationId, id }, change, {
    also: '#step = :next',
    when: ['#step = :current', ...(guard ? [guard.when] : [])].join(' AND '),
    values: { current: step, next: step + 1, ...guard?.values },
  });
}

/**
 * Turns a broadcast that is in one of these states, at whatever step it is: whoever works on it sees it at its next. `release`: what waits for it is
 * to be let go. Undefined: it is in another state.
 */
export async function turnBroadcast(
  { organizationId, id }: Pick<Broadcast, 'organizationId' | 'id'>,
  change: BroadcastChange,
  among: BroadcastStatus[],
  { release = false }: { release?: boolean } = {},
): Promise<Broadcast | undefined> {
  const { when, values } = isAmong(among);
  const also = ['#step = #step + :one', ...(release ? ['#running.#release = :release'] : [])].join(', ');
  const how = { when, also, values: { ...values, one: 1, ...(release ? { release: true } : {}) } };
  return write({ organizationId, id }, change, how, randomUUID());
}

/** Notes when the part in work was begun, if that is not noted yet. Undefined: the broadcast does not run any more. */
export async function beginPart({ organizationId, id }: Broadcast, now: number): Promise<Broadcast | undefined> {
  const running: BroadcastStatus = 'RUNNING';
  return write(
    { organizationId, id },
    {},
    {
      also: '#running.#begun = if_not_exists(#running.#begun, :now)',
      when: '#status = :running',
      values: { now, running },
    },
  );
}

/** A part is done, whatever was asked of the broadcast meanwhile. Undefined: it was done before. */
export async function finishPart(
  { organizationId, id, running }: Broadcast,
  { made, skipped }: { made: number; skipped: number },
): Promise<Broadcast | undefined> {
  const sums = [
    'part = #running.#part + :one',
    'made = #running.#made + :made',
    'skipped = #running.#skipped + :skipped',
  ];
  return write(
    { organizationId, id },
    {},
    {
      also: ['#step = #step + :one', ...sums.map((sum) => `#running.#${sum}`)].join(', '),
      remove: ['running.#begun'],
      when: '#running.#part = :part',
      values: { one: 1, made, skipped, part: running.part },
    },
  );
}

/** What waited for a broadcast has been let go. */
export async function endRelease({ organizationId, id, step }: Broadcast): Promise<Broadcast | undefined> {
  return write(
    { organizationId, id },
    {},
    {
      remove: ['running.#release'],
      also: '#step = #step + :one',
      when: '#step = :current',
      values: { one: 1, current: step },
    },
  );
}

/** The time has come that a broadcast waits for. False: it was started before, cancelled, or given another time. */
export async function fireBroadcast(organization: OrganizationId, id: BroadcastId, now: number): Promise<boolean> {
  const written = await updateItem(broadcastKey(organization, id), {
    set: { status: 'RUNNING' satisfies BroadcastStatus, due: 'run' satisfies BroadcastDue, upd: now },
    keep: { started: now },
    also: '#step = #step + :one',
    when: '#due = :waiting AND #scheduled <= :soon',
    values: { waiting: 'schedule' satisfies BroadcastDue, soon: now + CLOCK_TOLERANCE_MS, one: 1 },
  });
  return written.ok;
}

async function write(
  { organizationId, id }: Pick<Broadcast, 'organizationId' | 'id'>,
  change: BroadcastChange,
  { remove = [], ...how }: Omit<Update, 'set' | 'keep' | 'add'>,
  turned?: string,
): Promise<Broadcast | undefined> {
  const changes = Object.entries(change).map(([name, value]) => [nameOf(name), value as unknown] as const);
  const written = await updateItem(broadcastKey(organizationId, id), {
    set: { ...Object.fromEntries(changes), turned, upd: Date.now() },
    remove: [...changes.flatMap(([name, value]) => (value === undefined ? [name] : [])), ...remove],
    ...how,
  });
  if (written.ok) return fromBroadcastItem(written.item);
  // the answer to this very turn was lost, and it was asked for again
  const isOwn = turned !== undefined && written.current?.['turned'] === turned;
  return isOwn && written.current ? fromBroadcastItem(written.current) : undefined;
}

function isAmong(statuses: BroadcastStatus[]): Required<Condition> {
  const named = statuses.map((status, index) => [`is${index}`, status] as const);
  return {
    when: `#status IN (${named.map(([name]) => `:${name}`).join(', ')})`,
    values: Object.fromEntries(named),
  };
}
