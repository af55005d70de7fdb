import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { applyRange } from '@parley/core/edge/postgrest/parse-page.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { TableName } from '@parley/core/edge/tables.ts';
import { MOST_ANSWERED, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { selectionOf } from './selection.ts';

/** `GET /rest/v1/{table}`: rows, as PostgREST answers them. */
export async function read(request: HttpRequest, principal: Principal, table: TableName): Promise<HttpResponse> {
  const { headers, method, rawQuery } = request;
  const prefer = parsePrefer(headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem, method);
  const parsed = parseQuery(rawQuery, tables[table]);
  if (!parsed.ok) return respondProblem(parsed.problem, method);
  const ranged = applyRange(parsed.query, headers['range'], headers['range-unit']);
  if (!ranged.ok) return respondProblem(ranged.problem, method);
  const listed = await list(principal.organizationId, table, selectionOf(ranged.value, prefer.value));
  if (!listed.ok) return problemResponse(listed.problem);
  const answer = respond(listed.value, {
    method,
    accept: headers['accept'],
    prefer: prefer.value,
    query: ranged.value,
  });
  return Buffer.byteLength(answer.body ?? '') > MOST_ANSWERED ? tooLarge() : answer;
}

function tooLarge(): HttpResponse {
  return problemResponse({
    status: 400,
    code: 'answer_too_large',
    message: 'These rows are more than the 5 MB that an answer may have',
    hint: `Ask for fewer with 'limit', or for fewer columns with 'select'.`,
  });
}
