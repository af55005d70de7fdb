import { loadChannel } from '@parley/core/channels/registry.ts';
import type { ChannelAccount } from '@parley/core/domain/channel-account.ts';
import type { ChannelAccountId } from '@parley/core/domain/id.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import { channelAccountRow } from '@parley/core/domain/account-rows.ts';
import { json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import type { Preferences } from '@parley/core/edge/postgrest/prefer.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import type { Query } from '@parley/core/edge/postgrest/query.ts';
import { respond, respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import { tables } from '@parley/core/edge/tables.ts';
import { createAccount } from '@parley/core/flows/accounts/create.ts';
import { parseAccountChange } from '@parley/core/flows/accounts/request.ts';
import { changeAccount, removeAccount } from '@parley/core/flows/accounts/update.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { findAccount } from '@parley/core/store/channel-accounts.ts';
import { selectionOf } from './selection.ts';

/** `/rest/v1/channel_accounts`: accounts are connected, changed, switched on and off, and disconnected. Their credentials go in and never come out. */
export async function writeChannelAccounts(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  const prefer = parsePrefer(request.headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem);
  const parsed = parseQuery(request.rawQuery, tables.channel_accounts);
  if (!parsed.ok) return respondProblem(parsed.problem);
  const asked = { request, principal, prefer: prefer.value, query: parsed.query };
  if (request.method === 'POST') return create(asked);
  if (request.rawQuery === '')
    return problemResponse({ status: 400, code: '21000', message: 'An update or a delete needs a filter' });
  return request.method === 'DELETE' ? remove(asked) : change(asked);
}

interface Asked {
  request: HttpRequest;
  principal: Principal;
  prefer: Preferences;
  query: Query;
}

/** 201 with the row; with a list of one where PostgREST's clients ask for rows. */
async function create(asked: Asked): Promise<HttpResponse> {
  const body = jsonBody(asked.request);
  const [only, ...more] = Array.isArray(body) ? (body as unknown[]) : [body];
  if (more.length > 0)
    return problemResponse({ status: 400, code: 'PGRST102', message: 'Accounts are connected one at a time' });
  const created = await createAccount(loadChannel, asked.principal, only);
  if (!created.ok) return problemResponse(created.problem);
  if (asked.prefer.return === undefined) return json(201, channelAccountRow(created.value));
  return { ...rowsOf(asked, [created.value]), statusCode: 201 };
}

async function change(asked: Asked): Promise<HttpResponse> {
  const accounts = await accountsOf(asked);
  if (!accounts.ok) return problemResponse(accounts.problem);
  const channels = new Set(accounts.value.map(({ channel }) => channel));
  const parsed = await parseAccountChange(jsonBody(asked.request), channels.size === 1 ? [...channels][0] : undefined);
  if (!parsed.ok) return problemResponse(parsed.problem);
  if (parsed.value.credentials !== undefined && accounts.value.length > 1)
    return problemResponse({
      status: 400,
      code: 'PGRST102',
      message: `'credentials' are of one account`,
      details: 'credentials',
    });
  const changed: ChannelAccount[] = [];
  for (const account of accounts.value) {
    const one = await changeAccount(loadChannel, account, parsed.value);
    if (!one.ok) return problemResponse(one.problem);
    if (one.value) changed.push(one.value);
  }
  return asked.prefer.return === 'representation' ? rowsOf(asked, changed) : { statusCode: 204 };
}

async function remove(asked: Asked): Promise<HttpResponse> {
  const accounts = await accountsOf(asked);
  if (!accounts.ok) return problemResponse(accounts.problem);
  for (const account of accounts.value) await removeAccount(loadChannel, account);
  return asked.prefer.return === 'representation' ? rowsOf(asked, accounts.value) : { statusCode: 204 };
}

async function accountsOf({ principal, query, prefer }: Asked): Promise<Result<ChannelAccount[]>> {
  const found = await list(principal.organizationId, 'channel_accounts', selectionOf(query, prefer));
  if (!found.ok) return found;
  const ids = found.value.rows.map((row) => row['id'] as ChannelAccountId);
  const accounts = await Promise.all(ids.map((id) => findAccount(principal.organizationId, id)));
  return { ok: true, value: accounts.filter((account) => account !== undefined) };
}

function rowsOf({ request, prefer, query }: Asked, accounts: ChannelAccount[]): HttpResponse {
  const rows = accounts.map((account) => channelAccountRow(account));
  return respond({ rows }, { method: request.method, accept: request.headers['accept'], prefer, query });
}
