import type { BroadcastId, OrganizationId } from '../../domain/id.ts';
import type { Row } from '../../domain/rows.ts';
import { findBroadcast, listBroadcasts } from '../../store/broadcasts.ts';
import { currentRow } from '../broadcast/count.ts';
import type { Selection, Source } from './list.ts';

export function listBroadcastRows(organization: OrganizationId, selection: Selection): Source {
  return { rows: broadcastRows(organization, selection), orderedBy: { column: 'created_at', descending: true } };
}

/** Each with how its messages stand: that is read apart, a few at a time. */
async function* broadcastRows(organization: OrganizationId, { equal }: Selection): AsyncGenerator<Row> {
  const ids = equal('id');
  const named = ids && (await Promise.all(ids.map((id) => findBroadcast(organization, id as BroadcastId))));
  const broadcasts = named?.filter((one) => one !== undefined).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  for await (const broadcast of broadcasts ?? listBroadcasts(organization)) yield currentRow(broadcast);
}
