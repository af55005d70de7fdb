import { compact } from '../../domain/compact.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Written } from '../../domain/recurrence/recurrence.ts';
import type { Series } from '../../domain/series.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';
import { changed, over } from './change.ts';
import { contentOf, unify } from '../send/field-names.ts';
import { parseSendRequest } from '../send/request.ts';
import type { SendRequest } from '../send/request.ts';
import { checkContent } from './series.ts';
import { begin, planSeries } from './plan.ts';

/**
 * Changes what the messages of a series say from now on, or when they come. A body has the fields of a send beside `series_id`: what is named takes
 * the place of what was, null takes it away, the rest stays. A new recurrence counts from the beginning.
 */
export function editSeries(
  load: LoadChannel,
  principal: Principal,
  body: Record<string, unknown>,
): Promise<Result<Series>> {
  const { series_id: _id, ...fields } = body;
  const unified = unify(fields);
  if (!unified.ok) return Promise.resolve(unified);
  return changed(principal, body, async (series) => {
    if (series.status === 'ENDED' || series.status === 'CANCELLED') return over(series);
    const content = merged(series.content, contentOf(fields));
    const request = parseSendRequest({ ...fields, ...content });
    if (!request.ok) return request;
    if (request.value.recipients)
      return refuse(400, 'invalid_field', `'to': a series has one recipient`, { details: 'to' });
    const { files: _files, ...rest } = series;
    const checked = await checkContent(await load(series.channel), principal, request.value, { ...series, content });
    if (!checked.ok) return checked;
    return replanned(principal, { ...rest, ...checked.value }, request.value);
  });
}

/** Formatting is of the words that it was given for. */
function merged(content: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> {
  const words = 'message' in change ? { entities: null, format: null } : {};
  const all = Object.entries({ ...content, ...words, ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

async function replanned(principal: Principal, series: Series, request: SendRequest): Promise<Result<Series>> {
  const { scheduledAt, scheduledLocal, timezone, recurrence } = request;
  if ([scheduledAt, scheduledLocal, timezone, recurrence].every((each) => each === undefined)) return ok(series);
  const written = recurrence ?? inZone(series.written, timezone);
  const times = compact({ scheduledAt, scheduledLocal, timezone: timezone ?? zoneOf(series, written) });
  const planned = await planSeries(principal, times, written, series.recurrence.start);
  if (!planned.ok) return planned;
  const { inZoneOfOrganization: _zone, ...rest } = series;
  const next = { ...rest, ...planned.value, skips: [], done: recurrence === undefined ? series.done : 0 };
  const begun = await begin(next, Date.now());
  return begun.ok && series.status === 'PAUSED' ? ok(next) : begun;
}

/** A zone that is named now counts before the one that the recurrence was written with. */
function inZone(written: Written, timezone: string | undefined): Written {
  return timezone === undefined || typeof written === 'string' ? written : { ...written, timezone };
}

/** Where no zone is named it keeps the one it has. */
function zoneOf(series: Series, written: Written): string | undefined {
  const isNamed = typeof written !== 'string' && written.timezone !== undefined;
  return isNamed || series.inZoneOfOrganization ? undefined : series.recurrence.zone;
}
