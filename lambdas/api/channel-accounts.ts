import { loadChannel } from '@parley/core/channels/registry.ts';
import type { ChannelAccount } from '@parley/core/domain/channel-account.ts';
import type { ChannelAccountId } from '@parley/core/domain/id.ts';
import { ok, refuse } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import { channelAccountRow } from '@parley/core/domain/account-rows.ts';
import { objectIn } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { createAccount } from '@parley/core/flows/accounts/create.ts';
import { parseAccountChange } from '@parley/core/flows/accounts/request.ts';
import { changeAccount, removeAccount } from '@parley/core/flows/accounts/update.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { findAccount } from '@parley/core/store/channel-accounts.ts';
import { changed, created, idsOf, newRowIn, readWrite } from './writing.ts';
import type { Asked } from './writing.ts';

/** `/rest/v1/channel_accounts`: accounts are connected, changed, switched on and off, and disconnected. Their credentials go in and never come out. */
export async function writeChannelAccounts(request: HttpRequest, principal: Principal): Promise<Result<HttpResponse>> {
  const asked = readWrite(request, principal, 'channel_accounts');
  if (!asked.ok) return asked;
  if (request.method === 'POST') return create(asked.value);
  return request.method === 'DELETE' ? remove(asked.value) : change(asked.value);
}

async function create(asked: Asked): Promise<Result<HttpResponse>> {
  const body = newRowIn(asked.request);
  if (!body.ok) return body;
  const account = await createAccount(loadChannel, asked.principal, body.value);
  return account.ok ? ok(created(asked, channelAccountRow(account.value))) : account;
}

async function change(asked: Asked): Promise<Result<HttpResponse>> {
  const body = objectIn(asked.request, 'PGRST102');
  if (!body.ok) return body;
  const accounts = await accountsOf(asked);
  if (!accounts.ok) return accounts;
  const channels = new Set(accounts.value.map(({ channel }) => channel));
  const parsed = await parseAccountChange(body.value, channels.size === 1 ? [...channels][0] : undefined);
  if (!parsed.ok) return parsed;
  if (parsed.value.credentials !== undefined && accounts.value.length > 1)
    return refuse(400, 'invalid_field', `'credentials': these are of one account, and the filter finds several`, {
      details: 'credentials',
    });
  const rows: ChannelAccount[] = [];
  for (const account of accounts.value) {
    const one = await changeAccount(loadChannel, account, parsed.value);
    if (!one.ok) return one;
    if (one.value) rows.push(one.value);
  }
  return ok(changed(asked, rows.map(asRow)));
}

async function remove(asked: Asked): Promise<Result<HttpResponse>> {
  const accounts = await accountsOf(asked);
  if (!accounts.ok) return accounts;
  for (const account of accounts.value) await removeAccount(loadChannel, account);
  return ok(changed(asked, accounts.value.map(asRow)));
}

async function accountsOf(asked: Asked): Promise<Result<ChannelAccount[]>> {
  const ids = await idsOf<ChannelAccountId>(asked);
  if (!ids.ok) return ids;
  const accounts = await Promise.all(ids.value.map((id) => findAccount(asked.principal.organizationId, id)));
  return ok(accounts.filter((account) => account !== undefined));
}

function asRow(account: ChannelAccount) {
  return channelAccountRow(account);
}
