import { loadChannel } from '@parley/core/channels/registry.ts';
import { ok, refuse } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import { json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { currentRow } from '@parley/core/flows/broadcast/count.ts';
import { changeBroadcast, createBroadcast } from '@parley/core/flows/broadcast/create.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { findBroadcast } from '@parley/core/store/broadcasts.ts';
import type { Broadcast } from '@parley/core/domain/broadcast.ts';
import { selectionOf } from './selection.ts';

/** `/rest/v1/broadcasts`: one is made at a time, and changed by filter until it is started. */
export async function writeBroadcasts(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  const prefer = parsePrefer(request.headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem);
  const parsed = parseQuery(request.rawQuery, tables.broadcasts);
  if (!parsed.ok) return respondProblem(parsed.problem);
  if (request.method === 'PATCH' && request.rawQuery === '')
    return problemResponse({ status: 400, code: '21000', message: 'An update or a delete needs a filter' });
  const written =
    request.method === 'POST'
      ? await create(principal, jsonBody(request))
      : await change(principal, jsonBody(request), selectionOf(parsed.query, prefer.value));
  if (!written.ok) return problemResponse(written.problem);
  const rows = await Promise.all(written.value.map(currentRow));
  const asRows = {
    method: request.method,
    accept: request.headers['accept'],
    prefer: prefer.value,
    query: parsed.query,
  };
  if (request.method !== 'POST')
    return prefer.value.return === 'representation' ? respond({ rows }, asRows) : { statusCode: 204 };
  return prefer.value.return === undefined ? json(201, rows[0]) : { ...respond({ rows }, asRows), statusCode: 201 };
}

async function create(principal: Principal, body: unknown): Promise<Result<Broadcast[]>> {
  const [only, ...more] = Array.isArray(body) ? (body as unknown[]) : [body];
  if (more.length > 0) return refuse(400, 'PGRST102', 'Broadcasts are made one at a time');
  const created = await createBroadcast(loadChannel, principal, only, checkFilter);
  return created.ok ? ok([created.value]) : created;
}

async function change(
  principal: Principal,
  body: unknown,
  selection: ReturnType<typeof selectionOf>,
): Promise<Result<Broadcast[]>> {
  const found = await list(principal.organizationId, 'broadcasts', selection);
  if (!found.ok) return found;
  const changed: Broadcast[] = [];
  for (const { id } of found.value.rows) {
    const broadcast = await findBroadcast(principal.organizationId, id as Broadcast['id']);
    const one = broadcast && (await changeBroadcast(loadChannel, broadcast, body, checkFilter));
    if (one && !one.ok) return one;
    if (one) changed.push(one.value);
  }
  return ok(changed);
}

/** A filter is the query that finds the same contacts at `/rest/v1/contacts`. */
function checkFilter(filter: string): Result<undefined> {
  const parsed = parseQuery(filter, tables.contacts);
  if (parsed.ok) return ok(undefined);
  return refuse(400, 'invalid_field', `'audience.filter': ${parsed.problem.message}`, { details: 'audience.filter' });
}
