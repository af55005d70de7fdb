import { clockOf } from '../../domain/local-time.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Series } from '../../domain/series.ts';
import { stopped } from '../../domain/series-changes.ts';
import { listSeries } from '../../store/series.ts';
import type { Principal } from '../access/authenticate.ts';
import { changed } from './change.ts';
import { begin, planSeries } from './plan.ts';

/** Moves the series that go by the organization's clock to its new zone: what came at nine comes at nine there. Done again it does nothing new. */
export async function replanSeries(principal: Principal): Promise<void> {
  for await (const { id, inZoneOfOrganization, status } of listSeries(principal.organizationId)) {
    if (!inZoneOfOrganization || status === 'ENDED' || status === 'CANCELLED') continue;
    await changed(principal, { series_id: id }, (series) => inNewZone(principal, series));
  }
}

async function inNewZone(principal: Principal, series: Series): Promise<Result<Series>> {
  const planned = await planSeries(principal, {}, series.written, series.recurrence.start);
  // an organization without a zone leaves them as they are
  if (!planned.ok || planned.value.recurrence.zone === series.recurrence.zone) return ok(series);
  const moved = { ...series, ...planned.value, skips: await skipsIn(planned.value.recurrence.zone, series) };
  if (series.status === 'PAUSED') return ok(moved);
  const begun = await begin(moved, Date.now());
  return begun.ok ? begun : ok(stopped(moved, 'ENDED'));
}

async function skipsIn(zone: string, { skips, recurrence }: Series): Promise<number[]> {
  const [from, to] = await Promise.all([clockOf(recurrence.zone), clockOf(zone)]);
  return from && to ? skips.map((at) => to.momentOf(from.localAt(at))) : skips;
}
