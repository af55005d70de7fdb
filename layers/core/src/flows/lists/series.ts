import type { OrganizationId } from '../../domain/id.ts';
import type { Row } from '../../domain/rows.ts';
import { seriesRow } from '../../domain/series-row.ts';
import { listSeries } from '../../store/series.ts';
import type { Source } from './list.ts';

export function listSeriesRows(organization: OrganizationId): Source {
  return { rows: seriesRows(organization), orderedBy: { column: 'created_at', descending: false } };
}

async function* seriesRows(organization: OrganizationId): AsyncGenerator<Row> {
  for await (const series of listSeries(organization)) yield seriesRow(series);
}
