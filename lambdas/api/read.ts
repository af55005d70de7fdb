import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { applyRange } from '@parley/core/edge/postgrest/parse-page.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import type { TableName } from '@parley/core/edge/tables.ts';
import { problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { bounded } from './bounded.ts';
import { queryOf } from './query.ts';
import { selectionOf } from './selection.ts';

/** `GET /rest/v1/{table}`: rows, as PostgREST answers them. */
export async function read(request: HttpRequest, principal: Principal, table: TableName): Promise<HttpResponse> {
  const { headers, method } = request;
  const prefer = parsePrefer(headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem, method);
  const query = queryOf(request, table);
  if (!query.ok) return respondProblem(query.problem, method);
  const ranged = applyRange(query.value, headers['range'], headers['range-unit']);
  if (!ranged.ok) return respondProblem(ranged.problem, method);
  const listed = await list(principal.organizationId, table, selectionOf(ranged.value, prefer.value));
  if (!listed.ok) return problemResponse(listed.problem);
  return bounded(
    respond(listed.value, { method, accept: headers['accept'], prefer: prefer.value, query: ranged.value }),
  );
}
