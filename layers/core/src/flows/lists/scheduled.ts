import type { OrganizationId } from '../../domain/id.ts';
import { messageRow } from '../../domain/message-row.ts';
import type { Row } from '../../domain/rows.ts';
import { signMedia } from '../../store/media-bucket.ts';
import { listScheduled } from '../../store/scheduled.ts';
import type { Source } from './list.ts';

/** What waits for its time. */
export function listScheduledRows(organization: OrganizationId): Source {
  return { rows: scheduledRows(organization), orderedBy: { column: 'scheduled_at', descending: false } };
}

async function* scheduledRows(organization: OrganizationId): AsyncGenerator<Row> {
  for await (const message of listScheduled(organization, Date.now())) yield messageRow(message, signMedia);
}
