import { equalities, inLists, ranges } from '@parley/core/edge/postgrest/plan.ts';
import { evaluate } from '@parley/core/edge/postgrest/evaluate.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import type { Preferences } from '@parley/core/edge/postgrest/prefer.ts';
import { applyRange } from '@parley/core/edge/postgrest/parse-page.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { maxRows } from '@parley/core/edge/postgrest/query.ts';
import type { Query } from '@parley/core/edge/postgrest/query.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { sortRows } from '@parley/core/edge/postgrest/sort-rows.ts';
import { tables } from '@parley/core/edge/tables.ts';
import { credentialsOf, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { authenticate } from '@parley/core/flows/access/authenticate.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import type { Selection, Table } from '@parley/core/flows/lists/list.ts';
import { writeChannelAccounts } from './channel-accounts.ts';
import { changes } from './changes.ts';
import { writeBroadcasts } from './broadcasts.ts';
import { isLibraryTable, writeLibrary } from './library.ts';
import { changeSettings } from './organization-settings.ts';
import { rpc } from './rpc.ts';

/** `/rest/v1/…`: tables as PostgREST serves them, and a few actions. */
export async function rest(request: HttpRequest, [name = '', action = '']: string[]): Promise<HttpResponse> {
  const principal = await authenticate(credentialsOf(request));
  if (!principal.ok) return problemResponse(principal.problem);
  if (name === 'rpc') return rpc(request, principal.value, action);
  if (name === 'changes') return changes(request, principal.value);
  if (!isTable(name)) return problemResponse({ status: 404, code: 'PGRST205', message: `There is no table '${name}'` });
  if (request.method === 'GET' || request.method === 'HEAD') return read(request, principal.value, name);
  if (name === 'channel_accounts' && ['POST', 'PATCH', 'DELETE'].includes(request.method))
    return writeChannelAccounts(request, principal.value);
  if (name === 'broadcasts' && ['POST', 'PATCH'].includes(request.method))
    return writeBroadcasts(request, principal.value);
  if (isLibraryTable(name) && ['POST', 'PATCH', 'DELETE'].includes(request.method))
    return writeLibrary(request, principal.value, name);
  if (name === 'organization_settings' && request.method === 'PATCH') return changeSettings(request, principal.value);
  return problemResponse({
    status: 405,
    code: 'PGRST117',
    message: `'${name}' can't be written with ${request.method}`,
  });
}

function isTable(name: string): name is Table {
  return Object.hasOwn(tables, name);
}

async function read(request: HttpRequest, principal: Principal, table: Table): Promise<HttpResponse> {
  const { headers, method, rawQuery } = request;
  const prefer = parsePrefer(headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem, method);
  const parsed = parseQuery(rawQuery, tables[table]);
  if (!parsed.ok) return respondProblem(parsed.problem, method);
  const ranged = applyRange(parsed.query, headers['range'], headers['range-unit']);
  if (!ranged.ok) return respondProblem(ranged.problem, method);
  const listed = await list(principal.organizationId, table, selectionOf(ranged.value, prefer.value));
  if (!listed.ok) return problemResponse(listed.problem);
  return respond(listed.value, { method, accept: headers['accept'], prefer: prefer.value, query: ranged.value });
}

export function selectionOf(query: Query, prefer: Preferences): Selection {
  const equal = equalities(query);
  const lists = inLists(query);
  const bounds = ranges(query);
  return {
    equal: (column) => (equal[column] === undefined ? lists[column] : [equal[column]]),
    between: (column) => timesOf(bounds[column]),
    above: (column) => bounds[column]?.gt ?? bounds[column]?.gte,
    matches: (row) => evaluate(query.filters, row),
    order: query.order.map(({ column, descending }) => ({ column, descending })),
    sort: (rows) => sortRows(rows, query.order),
    offset: query.offset,
    limit: query.limit ?? maxRows,
    count: prefer.count !== undefined,
  };
}

/** A superset is enough: the filter itself decides about the ends. */
function timesOf(bounds: ReturnType<typeof ranges>[string] = {}): { from?: number; to?: number } {
  const from = bounds.gte ?? bounds.gt;
  const to = bounds.lte ?? bounds.lt;
  return {
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
}
