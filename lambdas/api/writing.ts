import { isObject } from '@parley/core/domain/json-value.ts';
import { ok, refuse } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import type { Row } from '@parley/core/domain/rows.ts';
import { json, jsonIn } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parseAccept } from '@parley/core/edge/postgrest/accept.ts';
import { parsePrefer, preferenceApplied } from '@parley/core/edge/postgrest/prefer.ts';
import type { Preferences } from '@parley/core/edge/postgrest/prefer.ts';
import { problem } from '@parley/core/edge/postgrest/problem.ts';
import type { Query } from '@parley/core/edge/postgrest/query.ts';
import { notSingular, respond } from '@parley/core/edge/postgrest/respond.ts';
import type { TableName } from '@parley/core/edge/tables.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { queryOf } from './query.ts';
import { selectionOf } from './selection.ts';

/** What writes a table. */
export type Write = (request: HttpRequest, principal: Principal) => Promise<Result<HttpResponse>>;

/** A write of rows, read: whose, of which table, and in what form it is answered. */
export interface Asked {
  request: HttpRequest;
  principal: Principal;
  table: TableName;
  prefer: Preferences;
  query: Query;
}

/** What a write asks of its table, or what of the request can't be read. */
export function readWrite(request: HttpRequest, principal: Principal, table: TableName): Result<Asked> {
  const prefer = parsePrefer(request.headers['prefer']);
  if (!prefer.ok) return prefer;
  const query = queryOf(request, table);
  if (!query.ok) return query;
  const accepted = parseAccept(request.headers['accept']);
  if (!accepted.ok) return accepted;
  return ok({ request, principal, table, prefer: prefer.value, query: query.value });
}

/** The one row that a POST brings: an object, or a list with one in it. */
export function newRowIn(request: HttpRequest): Result<Record<string, unknown>> {
  const body = jsonIn(request, 'PGRST102');
  if (!body.ok) return body;
  const rows = Array.isArray(body.value) ? (body.value as unknown[]) : [body.value];
  if (rows.length === 1 && isObject(rows[0])) return ok(rows[0]);
  return refuse(400, 'PGRST102', 'The body must be a JSON object: rows are made one at a time');
}

/** The ids of the rows that a change or a delete is of. It needs a filter, and may have said how many rows there can be at most. */
export async function idsOf<Id extends string>(asked: Asked): Promise<Result<Id[]>> {
  if (isUnfiltered(asked.query)) return refuse(400, '21000', 'An update or a delete needs a filter');
  const { principal, table, query, prefer } = asked;
  const found = await list(principal.organizationId, table, selectionOf(query, prefer));
  if (!found.ok) return found;
  const affected = checkAffected(asked, found.value.rows.length);
  return affected.ok ? ok(found.value.rows.map(({ id }) => id as Id)) : affected;
}

/** Refuses, before anything is changed, to change more rows than `max-affected`, or other than one where one is asked for. */
export function checkAffected({ request, prefer }: Asked, rows: number): Result<undefined> {
  if (prefer.handling === 'strict' && prefer.maxAffected !== undefined && rows > prefer.maxAffected)
    return {
      ok: false,
      problem: problem('PGRST124', 'Query result exceeds max-affected preference constraint', {
        details: `The query affects ${rows} rows`,
      }),
    };
  const accepted = parseAccept(request.headers['accept']);
  const isOne = !accepted.ok || accepted.value.kind !== 'object' || rows === 1;
  return isOne ? ok(undefined) : { ok: false, problem: notSingular(rows) };
}

/** 201 and where the row is, with the row itself, a list of it, or nothing. */
export function created(asked: Asked, row: Row): HttpResponse {
  const location = { Location: `/rest/v1/${asked.table}?id=eq.${String(row['id'])}` };
  const { return: wanted } = asked.prefer;
  if (wanted === undefined) return withHeaders(json(201, row), location);
  const answer = wanted === 'representation' ? rowsOf(asked, [row]) : { body: '' };
  return withHeaders({ ...answer, statusCode: 201 }, { ...location, ...applied(asked) });
}

/** 204, or 200 and the rows where they were asked for. */
export function changed(asked: Asked, rows: Row[]): HttpResponse {
  const answer = asked.prefer.return === 'representation' ? rowsOf(asked, rows) : { statusCode: 204 };
  return withHeaders(answer, applied(asked));
}

function isUnfiltered({ filters }: Query): boolean {
  return filters.kind === 'and' && filters.filters.length === 0;
}

function rowsOf({ request, prefer, query }: Asked, rows: Row[]): HttpResponse {
  return respond({ rows }, { method: request.method, accept: request.headers['accept'], prefer, query });
}

function applied({ prefer }: Asked): Record<string, string> {
  const { return: wanted, handling, maxAffected } = prefer;
  const words = preferenceApplied({
    ...(wanted && { return: wanted }),
    ...(handling && { handling }),
    ...(maxAffected !== undefined && { maxAffected }),
  });
  return words === undefined ? {} : { 'Preference-Applied': words };
}

function withHeaders(answer: HttpResponse, headers: Record<string, string>): HttpResponse {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
