import { isMoment } from '../../domain/local-time.ts';
import { requiredText } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { isOccurrence, turnOf } from '../../domain/series.ts';
import type { Series } from '../../domain/series.ts';
import { movedOn, stopped } from '../../domain/series-changes.ts';
import { changeSeries, findSeries } from '../../store/series.ts';
import type { Principal } from '../access/authenticate.ts';
import { begin } from './plan.ts';

/** What an action makes of a series; the same series when there is nothing to do. */
export type Step = (series: Series) => Promise<Result<Series>>;

const TRIES = 5;
const MOST_SKIPS = 100;

/** Does something to the series that a body's `series_id` names, as it is when it is written: an occurrence that is just being made comes before or after. */
export async function changed(
  principal: Principal,
  body: Record<string, unknown>,
  step: Step,
): Promise<Result<Series>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await ownSeries(principal, body);
    if (!found.ok) return found;
    const next = await step(found.value);
    if (!next.ok || next.value === found.value) return next;
    const written = await changeSeries(next.value);
    if (written) return ok(written);
  }
  throw new Error('the series kept changing');
}

/** It makes no messages until it is resumed. What comes meanwhile does not count. */
export function pauseSeries(principal: Principal, body: Record<string, unknown>): Promise<Result<Series>> {
  return changed(principal, body, async (series) => {
    if (series.status === 'ACTIVE') return ok(stopped(series, 'PAUSED'));
    return series.status === 'PAUSED' ? ok(series) : over(series);
  });
}

/** It goes on with what comes from now on. */
export function resumeSeries(principal: Principal, body: Record<string, unknown>): Promise<Result<Series>> {
  return changed(principal, body, async (series) => {
    if (series.status === 'PAUSED') return begin(series, Date.now());
    return series.status === 'ACTIVE' ? ok(series) : over(series);
  });
}

/** It makes no messages any more. Those that it made stay as they are. */
export function cancelSeries(principal: Principal, body: Record<string, unknown>): Promise<Result<Series>> {
  return changed(principal, body, async (series) => {
    if (series.status === 'ENDED') return over(series);
    return ok(series.status === 'CANCELLED' ? series : stopped(series, 'CANCELLED'));
  });
}

/** Leaves one occurrence out. It counts as one that has gone by. */
export function skipOccurrence(principal: Principal, body: Record<string, unknown>): Promise<Result<Series>> {
  return changed(principal, body, async (series) => {
    const occurrence = requiredText(body, 'occurrence');
    if (!occurrence.ok) return occurrence;
    if (!isMoment(occurrence.value))
      return refuse(400, 'invalid_field', `'occurrence': must be one of the times of 'next'`, {
        details: 'occurrence',
      });
    const at = Date.parse(occurrence.value);
    if (series.skips.includes(at) || series.past.some((one) => one.at === at && one.outcome === 'skipped'))
      return ok(series);
    if (series.status !== 'ACTIVE')
      return refuse(409, 'not_active', `'series_id': this series is ${series.status}`, { details: 'series_id' });
    if (!(await isOccurrence(series, at)))
      return refuse(404, 'no_occurrence', `'occurrence': this series does not come then`, { details: 'occurrence' });
    return skipped(series, at);
  });
}

async function skipped(series: Series, at: number): Promise<Result<Series>> {
  if (series.skips.length >= MOST_SKIPS)
    return refuse(422, 'too_many', `'occurrence': at most ${MOST_SKIPS} to come can be left out`, {
      details: 'occurrence',
    });
  const skipping = { ...series, skips: [...series.skips, at].toSorted((a, b) => a - b) };
  if (at !== series.next) return ok(skipping);
  return ok(movedOn(skipping, await turnOf(skipping, at - 1, 0), undefined));
}

export function over({ status }: Series) {
  return refuse(409, 'series_over', `'series_id': this series is ${status}`, { details: 'series_id' });
}

async function ownSeries({ organizationId }: Principal, body: Record<string, unknown>): Promise<Result<Series>> {
  const id = requiredText(body, 'series_id');
  if (!id.ok) return id;
  const series = await findSeries(organizationId, id.value);
  if (series) return ok(series);
  return refuse(404, 'no_series', `'series_id' names no series of this organization`, { details: 'series_id' });
}
