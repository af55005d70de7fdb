import type { Broadcast, BroadcastNews } from './broadcast.ts';
import { iso } from './rows.ts';
import type { Row, SignMedia } from './rows.ts';

/** A broadcast as `/rest/v1/broadcasts` has it. */
export function broadcastRow(broadcast: Broadcast, news: BroadcastNews, sign: SignMedia): Row {
  return {
    id: broadcast.id,
    organization_id: broadcast.organizationId,
    name: broadcast.name ?? null,
    channel: broadcast.channel,
    channel_account_id: broadcast.channelAccountId,
    status: broadcast.status,
    content: broadcast.content,
    audience: audienceColumn(broadcast),
    default_country: broadcast.defaultCountry ?? null,
    price: broadcast.price ?? null,
    scheduled_at: iso(broadcast.scheduledAt),
    totals: totalsColumn(broadcast),
    progress: progressColumn(broadcast, news),
    bad_rows_url: badRowsUrl(broadcast, sign),
    export: exportColumn(news, sign),
    problem: broadcast.problem?.message ?? null,
    problem_code: broadcast.problem?.code ?? null,
    problem_details: broadcast.problem?.details ?? null,
    created_at: iso(broadcast.createdAt),
    started_at: iso(broadcast.startedAt),
    finished_at: iso(broadcast.finishedAt),
    updated_at: iso(broadcast.updatedAt),
  };
}

/** Where the rows lie that could not be used. */
export function badRowsKey(folder: string): string {
  return `${folder}/bad-rows.csv`;
}

/** Where the files of a broadcast lie that come of reading its list. */
export function folderOf({
  organizationId,
  id,
  reading,
}: Pick<Broadcast, 'organizationId' | 'id' | 'reading'>): string {
  return `broadcasts/${organizationId}/${id}/${reading.round}`;
}

function badRowsUrl(broadcast: Broadcast, sign: SignMedia): string | null {
  const isThere = broadcast.totals.badRows > 0 && broadcast.status !== 'IMPORTING';
  return isThere ? sign(badRowsKey(folderOf(broadcast))) : null;
}

function audienceColumn({ audience }: Broadcast): Row | null {
  switch (audience?.kind) {
    case undefined:
      return null;
    case 'contacts':
      return { kind: audience.kind, count: audience.count };
    case 'filter':
      return { kind: audience.kind, filter: audience.filter };
    case 'file':
      return {
        kind: audience.kind,
        upload_id: audience.uploadId,
        mapping: audience.mapping ?? null,
        sheet: audience.sheet ?? null,
        encoding: audience.encoding ?? null,
      };
  }
}

function totalsColumn({ totals }: Broadcast): Row {
  return {
    rows: totals.rows,
    recipients: totals.recipients,
    duplicates: totals.duplicates,
    bad_rows: totals.badRows,
    opted_out: totals.optedOut,
  };
}

/** `waiting`: no message was made for them yet; once the broadcast has come to an end before them, they are `skipped`. All together are the recipients. */
function progressColumn(broadcast: Broadcast, { tally, perMinute }: BroadcastNews): Row {
  const { totals, running, status } = broadcast;
  const counted = Object.values(tally).reduce((sum, count) => sum + count, 0);
  const rest = Math.max(0, totals.recipients - counted - running.skipped);
  const waiting = hasEnded(broadcast) ? 0 : rest;
  const left = waiting + tally.pending;
  const isGoing = status === 'RUNNING' && perMinute !== undefined && perMinute > 0;
  return {
    waiting,
    ...tally,
    skipped: running.skipped + rest - waiting,
    per_minute: status === 'RUNNING' ? (perMinute ?? null) : null,
    seconds_left: isGoing ? Math.ceil((left / perMinute) * 60) : null,
  };
}

function hasEnded({ status, startedAt }: Broadcast): boolean {
  return status === 'CANCELLED' || (status === 'FAILED' && startedAt !== undefined);
}

function exportColumn({ export: asked }: BroadcastNews, sign: SignMedia): Row | null {
  if (!asked) return null;
  return {
    status: asked.readyAt === undefined ? 'working' : 'ready',
    url: asked.key === undefined ? null : sign(asked.key),
    requested_at: iso(asked.askedAt),
    ready_at: iso(asked.readyAt),
  };
}
