import { loadChannel } from '@parley/core/channels/registry.ts';
import { ok } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import type { Series } from '@parley/core/domain/series.ts';
import { seriesRow } from '@parley/core/domain/series-row.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { cancelSeries, pauseSeries, resumeSeries, skipOccurrence } from '@parley/core/flows/series/change.ts';
import { editSeries } from '@parley/core/flows/series/edit.ts';
import type { Action } from './action.ts';

type Change = (principal: Principal, body: Record<string, unknown>) => Promise<Result<Series>>;

/** What is done with messages that come again and again; each answers with the series as it is then. */
export const actions = {
  pause_series: rowAfter(pauseSeries),
  resume_series: rowAfter(resumeSeries),
  edit_series: rowAfter((principal, body) => editSeries(loadChannel, principal, body)),
  skip_occurrence: rowAfter(skipOccurrence),
  cancel_series: rowAfter(cancelSeries),
} satisfies Record<string, Action>;

function rowAfter(change: Change): Action {
  return async (principal, body) => {
    const done = await change(principal, body);
    return done.ok ? ok(await seriesRow(done.value)) : done;
  };
}
