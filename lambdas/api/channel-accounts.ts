import type { ChannelAccountId } from '@parley/core/domain/id.ts';
import { channelAccountRow } from '@parley/core/domain/rows.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { tables } from '@parley/core/edge/tables.ts';
import { jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parseAccountChange } from '@parley/core/flows/account-change.ts';
import type { Principal } from '@parley/core/flows/authenticate.ts';
import { list } from '@parley/core/flows/list.ts';
import { updateAccount } from '@parley/core/store/channel-accounts.ts';
import { selectionOf } from './rest.ts';

/** `PATCH /rest/v1/channel_accounts?id=eq.…`: a person renames an account, or switches it on or off. */
export async function changeChannelAccounts(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  const prefer = parsePrefer(request.headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem);
  const parsed = parseQuery(request.rawQuery, tables.channel_accounts);
  if (!parsed.ok) return respondProblem(parsed.problem);
  const change = parseAccountChange(jsonBody(request));
  if (!change.ok) return problemResponse(change.problem);
  if (request.rawQuery === '')
    return problemResponse({ status: 400, code: '21000', message: 'An update needs a filter' });
  const found = await list(principal.organizationId, 'channel_accounts', selectionOf(parsed.query, prefer.value));
  if (!found.ok) return problemResponse(found.problem);
  const ids = found.value.rows.map((row) => row['id'] as ChannelAccountId);
  const accounts = await Promise.all(ids.map((id) => updateAccount(principal.organizationId, id, change.value)));
  if (prefer.value.return !== 'representation') return { statusCode: 204 };
  const rows = accounts.flatMap((account) => (account ? [channelAccountRow(account)] : []));
  return respond(
    { rows },
    { method: 'PATCH', accept: request.headers['accept'], prefer: prefer.value, query: parsed.query },
  );
}
