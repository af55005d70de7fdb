import { loadChannel } from '@parley/core/channels/registry.ts';
import { ok, refuse } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import type { Row } from '@parley/core/domain/rows.ts';
import { json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import {
  cancelBroadcast,
  pauseBroadcast,
  requestExport,
  resumeBroadcast,
  startBroadcast,
} from '@parley/core/flows/broadcast/control.ts';
import { currentRow } from '@parley/core/flows/broadcast/count.ts';
import { changeBroadcast, createBroadcast } from '@parley/core/flows/broadcast/create.ts';
import { dryRun } from '@parley/core/flows/broadcast/preview.ts';
import type { DryRun } from '@parley/core/flows/broadcast/preview.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { findBroadcast } from '@parley/core/store/broadcasts.ts';
import type { Broadcast } from '@parley/core/domain/broadcast.ts';
import { previewRow } from './preview-rows.ts';
import { selectionOf } from './rest.ts';

type Action = (principal: Principal, body: Record<string, unknown>) => Promise<Result<unknown>>;

/** `POST /rest/v1/rpc/{action}`: each answers with the broadcast's row. */
export const broadcastActions: Record<string, Action> = {
  start_broadcast: async (principal, body) => rowOf(await startBroadcast(loadChannel, principal, body)),
  pause_broadcast: async (principal, body) => rowOf(await pauseBroadcast(principal, body)),
  resume_broadcast: async (principal, body) => rowOf(await resumeBroadcast(principal, body)),
  cancel_broadcast: async (principal, body) => rowOf(await cancelBroadcast(principal, body)),
  export_broadcast: async (principal, body) => rowOf(await requestExport(principal, body)),
  preview_broadcast: async (principal, body) => {
    const run = await dryRun(loadChannel, principal, body);
    return run.ok ? ok(await dryRunRow(run.value)) : run;
  },
};

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
  const created = await createBroadcast(principal, only, checkFilter);
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
    const one = broadcast && (await changeBroadcast(broadcast, body, checkFilter));
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

async function rowOf(result: Result<Broadcast>): Promise<Result<Row>> {
  return result.ok ? ok(await currentRow(result.value)) : result;
}

async function dryRunRow({ broadcast, samples, sampled, refused, segments, cost }: DryRun): Promise<Row> {
  const { totals } = await currentRow(broadcast);
  return {
    id: broadcast.id,
    totals,
    sampled,
    refused,
    segments: segments ?? null,
    cost: cost ?? null,
    samples: samples.map(({ recipient: { to, name, variables }, preview }) => ({
      to,
      name: name ?? null,
      variables: variables ?? {},
      preview: previewRow(preview),
    })),
  };
}
