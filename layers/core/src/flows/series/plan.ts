import { compact } from '../../domain/compact.ts';
import type { Clock, LocalTime } from '../../domain/local-time.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { readRecurrence } from '../../domain/recurrence/recurrence.ts';
import type { Written } from '../../domain/recurrence/recurrence.ts';
import { turnOf } from '../../domain/series.ts';
import type { Series } from '../../domain/series.ts';
import { movedOn } from '../../domain/series-changes.ts';
import type { Principal } from '../access/authenticate.ts';
import type { SendRequest } from '../send/request.ts';
import { clockFor, leavesAt } from '../send/time.ts';

/** When a series comes. */
export type Plan = Pick<Series, 'recurrence' | 'written' | 'inZoneOfOrganization'>;

export type Times = Pick<SendRequest, 'scheduledAt' | 'scheduledLocal' | 'timezone'>;

/** On the clock that the send or the recurrence names, or the organization's; from the time that is named, or from `from`, or from now. */
export async function planSeries(
  principal: Principal,
  times: Times,
  written: Written,
  from?: LocalTime,
): Promise<Result<Plan>> {
  const own = typeof written === 'string' ? undefined : written.timezone;
  if (own !== undefined && times.timezone !== undefined && own !== times.timezone)
    return refuse(400, 'contradiction', `'timezone' and 'recurrence.timezone' name two zones: give one`, {
      details: 'timezone',
    });
  const timezone = own ?? times.timezone;
  const clock = await clockFor(principal, timezone);
  if (!clock.ok) return clock;
  const start = await startOf(principal, times, clock.value);
  if (!start.ok) return start;
  const read = await readRecurrence(written, start.value ?? from ?? thisMinute(clock.value), clock.value);
  if (!read.ok) return read;
  return ok({
    recurrence: read.value,
    written,
    ...(timezone === undefined ? { inZoneOfOrganization: true } : {}),
  });
}

/** The series with its first occurrence after `now`. */
export async function begin(series: Series, now: number): Promise<Result<Series>> {
  const turn = await turnOf(series, now, now);
  if (turn.next !== undefined) return ok(movedOn(series, turn, undefined));
  return refuse(422, 'recurrence_over', `'recurrence': it does not come any more`, { details: 'recurrence' });
}

async function startOf(
  principal: Principal,
  { scheduledAt, scheduledLocal }: Times,
  clock: Clock,
): Promise<Result<LocalTime | undefined>> {
  const at = await leavesAt(principal, compact({ scheduledAt, scheduledLocal, timezone: clock.zone }));
  if (!at.ok) return at;
  // a time that the clock skips on its first day is still the time of day at which it is to come
  return ok(scheduledLocal ?? (at.value === undefined ? undefined : clock.localAt(at.value)));
}

function thisMinute(clock: Clock): LocalTime {
  return `${clock.localAt(Date.now()).slice(0, 'YYYY-MM-DDTHH:mm'.length)}:00`;
}
