import { iso } from './rows.ts';
import type { Row } from './rows.ts';
import { comingOf } from './series.ts';
import type { PastOccurrence, Series } from './series.ts';

const SHOWN = 5;

/** A series as clients get it, with its next five occurrences. */
export async function seriesRow(series: Series): Promise<Row> {
  const { recurrence } = series;
  const coming = await comingOf(series, SHOWN);
  return {
    id: series.id,
    organization_id: series.organizationId,
    conversation_id: series.conversationId,
    contact_id: series.contactId,
    channel: series.channel,
    channel_account_id: series.channelAccountId,
    content: series.content,
    recurrence: series.written,
    rules: recurrence.rules,
    timezone: recurrence.zone,
    starts_at: recurrence.start,
    until: iso(recurrence.until),
    count: recurrence.count ?? null,
    status: series.status,
    next: coming.map(iso),
    skipped: series.skips.map(iso),
    done: series.done,
    occurrences: series.past.map(occurrenceColumn),
    created_at: iso(series.createdAt),
    updated_at: iso(series.updatedAt),
  };
}

function occurrenceColumn({ at, outcome, messageId, problem }: PastOccurrence) {
  return { at: iso(at), outcome, message_id: messageId ?? null, error: problem ?? null };
}
