import { ok, refuse } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import { problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { ranges } from '@parley/core/edge/postgrest/plan.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { maxRows } from '@parley/core/edge/postgrest/query.ts';
import type { Query } from '@parley/core/edge/postgrest/query.ts';
import { respond } from '@parley/core/edge/postgrest/respond.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { readFeed } from '@parley/core/store/feed.ts';
import type { Change, FeedEntry } from '@parley/core/store/feed.ts';
import { bounded } from './bounded.ts';

const LIMIT = 100;

const schema = {
  name: 'changes',
  columns: { seq: 'integer', at: 'timestamptz', changes: 'json' },
  bareFilters: [],
} as const;

/**
 * `GET /rest/v1/changes?seq=gt.N&limit=100`: what a client that was away has missed, oldest first. `?order=seq.desc&limit=1` is the last there is: where
 * a client begins.
 */
export async function changes(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  const { method, rawQuery, headers } = request;
  if (method !== 'GET' && method !== 'HEAD')
    return problemResponse({ status: 405, code: 'PGRST117', message: `'changes' can only be read` });
  const prefer = parsePrefer(headers['prefer']);
  if (!prefer.ok) return problemResponse(prefer.problem);
  const parsed = parseQuery(rawQuery, schema);
  if (!parsed.ok) return problemResponse(parsed.problem);
  const wanted = wantedOf(parsed.query, request.query.get('limit'));
  if (!wanted.ok) return problemResponse(wanted.problem);
  const rows = (await readFeed(principal.organizationId, wanted.value)).map(toRow);
  return bounded(respond({ rows }, { method, accept: headers['accept'], prefer: {}, query: parsed.query }));
}

/** The feed has its numbers to go by, and nothing else. A page that is smaller than was asked for would be taken for the last. */
function wantedOf(query: Query, written: string | null): Result<{ from: number; limit: number; newestFirst: boolean }> {
  const { order, offset, limit = LIMIT } = query;
  if (order.some(({ column }) => column !== 'seq')) return unreadable('order', `'order' must be seq.asc or seq.desc`);
  if (written !== null && (limit < 1 || Number(written) > maxRows))
    return unreadable('limit', `'limit' must be a whole number from 1 to ${maxRows}`);
  if (offset > 0) return unreadable('offset', `'changes' has no 'offset': go on by 'seq=gt.' and the last number`);
  const newestFirst = order[0]?.descending ?? false;
  const from = fromOf(query, newestFirst);
  return from.ok ? ok({ from: from.value, limit, newestFirst }) : from;
}

/** The number that a page begins at, or ends at, newest first. */
function fromOf(query: Query, newestFirst: boolean): Result<number> {
  const filters = query.filters.kind === 'and' ? query.filters.filters : [query.filters];
  const { gt, gte } = ranges(query)['seq'] ?? {};
  if (filters.length === 1 && filters[0]?.kind === 'comparison' && (gt ?? gte) !== undefined)
    return ok(gt === undefined ? Number(gte) : Number(gt) + 1);
  if (filters.length > 0)
    return unreadable('seq', `'changes' takes one filter: 'seq' must be gt. or gte. and a number`);
  if (newestFirst) return ok(0);
  return unreadable('seq', `'seq' must be gt. and a number`, {
    hint: 'A client that has no number yet asks for the last: order=seq.desc&limit=1.',
  });
}

function unreadable(details: string, message: string, more: { hint?: string } = {}) {
  return refuse(400, 'PGRST100', message, { details, ...more });
}

function toRow({ seq, at, changes }: FeedEntry) {
  return {
    seq,
    at: new Date(at).toISOString(),
    changes: changes.map(changeColumn),
  };
}

function changeColumn(change: Change): unknown {
  const none = { conversation_id: null, message_id: null };
  switch (change.type) {
    case 'channel_account.updated':
      return { type: change.type, ...none, channel_account_id: change.accountId };
    case 'broadcast.updated':
      return { type: change.type, ...none, broadcast_id: change.broadcastId };
    default:
      return { type: change.type, conversation_id: change.conversationId, message_id: change.messageId ?? null };
  }
}
