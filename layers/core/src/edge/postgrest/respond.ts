import type { Format } from './accept.ts';
import { parseAccept } from './accept.ts';
import { toCsv } from './csv.ts';
import { stripNulls } from './json.ts';
import type { Preferences } from './prefer.ts';
import { preferenceApplied } from './prefer.ts';
import type { Problem } from './problem.ts';
import { problem, problemBody } from './problem.ts';
import { project } from './project.ts';
import type { Query } from './query.ts';
import type { Page } from './run-query.ts';

export interface ReadRequest {
  /** HEAD gets the headers of GET */
  method: string;
  accept: string | undefined;
  prefer: Preferences;
  /** the query that gave the page, its Range header applied */
  query: Query;
}

/** An answer in the shape that API Gateway's payload format 2.0 takes. */
export interface Response {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * The answer to a read: 200, 206 when a count was asked for and shows there is more, 406 when not exactly one row fits
 * the object form, 416 when the offset lies beyond the counted rows.
 */
export function respond(page: Page, request: ReadRequest): Response {
  const accepted = parseAccept(request.accept);
  if (!accepted.ok) return respondProblem(accepted.problem, request.method);
  const total = request.prefer.count ? page.total : undefined;
  if (total !== undefined && request.query.offset > total) return beyond(total, request);
  if (accepted.value.kind === 'object' && page.rows.length !== 1)
    return respondProblem(notSingular(page.rows.length), request.method);
  const applied = preferenceApplied(honoured(request.prefer));
  return {
    statusCode: total !== undefined && page.rows.length < total ? 206 : 200,
    headers: {
      'Content-Type': accepted.value.contentType,
      'Content-Range': contentRange(request.query.offset, page.rows.length, total),
      ...(applied && { 'Preference-Applied': applied }),
    },
    body: request.method === 'HEAD' ? '' : bodyOf(page, request.query, accepted.value),
  };
}

/** The answer to a problem: its status and `{code, message, details, hint}`, without the body for HEAD. */
export function respondProblem(found: Problem, method = 'GET'): Response {
  return {
    statusCode: found.status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      ...(found.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    },
    body: method === 'HEAD' ? '' : problemBody(found),
  };
}

/** Why an answer that is to be one object is none. */
export function notSingular(rows: number): Problem {
  return problem('PGRST116', 'Cannot coerce the result to a single JSON object', {
    details: `The result contains ${rows} rows`,
  });
}

function contentRange(offset: number, length: number, total: number | undefined): string {
  const rows = length === 0 ? '*' : `${offset}-${offset + length - 1}`;
  return `${rows}/${total ?? '*'}`;
}

function honoured({ count, handling }: Preferences): Preferences {
  return { ...(count && { count }), ...(handling && { handling }) };
}

function bodyOf(page: Page, { select }: Query, format: Format): string {
  const rows = page.rows.map((row) => project(row, select));
  if (format.kind === 'csv') {
    const names = select.map(({ name }) => name);
    return toCsv(names, rows);
  }
  const shown = format.stripNulls ? rows.map(stripNulls) : rows;
  return JSON.stringify(format.kind === 'object' ? shown[0] : shown);
}

function beyond(total: number, { query, method }: ReadRequest): Response {
  const details = `An offset of ${query.offset} was requested, but there are only ${total} rows.`;
  const refused = respondProblem(problem('PGRST103', 'Requested range not satisfiable', { details }), method);
  return { ...refused, headers: { ...refused.headers, 'Content-Range': `*/${total}` } };
}
