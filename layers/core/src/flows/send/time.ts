import * as v from 'valibot';
import { object } from '../../domain/fields.ts';
import { clockOf } from '../../domain/local-time.ts';
import type { Clock } from '../../domain/local-time.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { settingsOf } from '../../store/organization-settings.ts';
import type { Principal } from '../access/authenticate.ts';
import { checkTime } from '../schedule/check-time.ts';
import type { SendRequest } from './request.ts';
import { time, timesOf, timezone } from '../schedule/time-fields.ts';

/** When a message leaves (ms) that is not to leave at once. A time without an offset is one of its zone, or of the organization's. */
export async function leavesAt(
  principal: Principal,
  { scheduledAt, scheduledLocal, timezone }: Pick<SendRequest, 'scheduledAt' | 'scheduledLocal' | 'timezone'>,
): Promise<Result<number | undefined>> {
  let at = scheduledAt;
  if (timezone !== undefined || scheduledLocal !== undefined) {
    const clock = await clockFor(principal, timezone);
    if (!clock.ok) return clock;
    if (scheduledLocal !== undefined) at = clock.value.momentOf(scheduledLocal);
  }
  const problem = checkTime(at);
  return problem ? { ok: false, problem } : ok(at);
}

const times = object({ scheduled_at: time, timezone: v.optional(timezone) });

/** The time (ms) that the `scheduled_at` and `timezone` of a body name; null says nothing. */
export async function readTime(principal: Principal, body: Record<string, unknown>): Promise<Result<number>> {
  const read = readOrRefuse(times, {
    scheduled_at: body['scheduled_at'] ?? undefined,
    timezone: body['timezone'] ?? undefined,
  });
  if (!read.ok) return read;
  const leaves = await leavesAt(principal, timesOf(read.value));
  return leaves.ok ? ok(leaves.value ?? Date.now()) : leaves;
}

/** The clock of the zone that is named, or, where none is, of the organization's. */
export async function clockFor({ organizationId }: Principal, zone?: string): Promise<Result<Clock>> {
  const named = zone ?? (await zoneOfOrganization({ organizationId }));
  const clock = named === undefined ? undefined : await clockOf(named);
  if (clock) return ok(clock);
  return named === undefined ? noZone : unknownZone(named);
}

async function zoneOfOrganization({ organizationId }: Principal): Promise<string | undefined> {
  settingsOf.forget(organizationId);
  return (await settingsOf(organizationId)).timezone;
}

const noZone = refuse(400, 'missing_field', `'timezone' is required: whose clock the time is on`, {
  details: 'timezone',
  hint: `Name a zone such as Africa/Cairo, or set the organization's own in 'organization_settings'. A single time may have its offset instead.`,
});

function unknownZone(zone: string) {
  return refuse(400, 'unknown_timezone', `'timezone': there is no time zone '${zone}'`, {
    details: 'timezone',
    hint: 'Zones are named as in the time zone database: Africa/Cairo, America/New_York.',
  });
}
