import { loadChannel } from '@parley/core/channels/registry.ts';
import type { Broadcast } from '@parley/core/domain/broadcast.ts';
import { ok, refuse } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import { objectIn } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parseQuery } from '@parley/core/edge/postgrest/parse-query.ts';
import { tables } from '@parley/core/edge/tables.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { currentRow } from '@parley/core/flows/broadcast/count.ts';
import { changeBroadcast } from '@parley/core/flows/broadcast/change.ts';
import { createBroadcast } from '@parley/core/flows/broadcast/create.ts';
import { findBroadcast } from '@parley/core/store/broadcasts.ts';
import { changed, created, idsOf, newRowIn, readWrite } from './writing.ts';
import type { Asked } from './writing.ts';

/** `/rest/v1/broadcasts`: one is made at a time, and changed by filter until it is started. */
export async function writeBroadcasts(request: HttpRequest, principal: Principal): Promise<Result<HttpResponse>> {
  const asked = readWrite(request, principal, 'broadcasts');
  if (!asked.ok) return asked;
  return request.method === 'POST' ? create(asked.value) : change(asked.value);
}

async function create(asked: Asked): Promise<Result<HttpResponse>> {
  const body = newRowIn(asked.request);
  if (!body.ok) return body;
  const broadcast = await createBroadcast(loadChannel, asked.principal, body.value, checkFilter);
  return broadcast.ok ? ok(created(asked, await currentRow(broadcast.value))) : broadcast;
}

async function change(asked: Asked): Promise<Result<HttpResponse>> {
  const body = objectIn(asked.request, 'PGRST102');
  if (!body.ok) return body;
  const ids = await idsOf<Broadcast['id']>(asked);
  if (!ids.ok) return ids;
  const broadcasts: Broadcast[] = [];
  for (const id of ids.value) {
    const broadcast = await findBroadcast(asked.principal.organizationId, id);
    const one = broadcast && (await changeBroadcast(loadChannel, broadcast, body.value, checkFilter));
    if (one && !one.ok) return one;
    if (one) broadcasts.push(one.value);
  }
  return ok(changed(asked, await Promise.all(broadcasts.map(currentRow))));
}

/** A filter is the query that finds the same contacts at `/rest/v1/contacts`. */
function checkFilter(filter: string): Result<undefined> {
  const parsed = parseQuery(filter, tables.contacts);
  if (parsed.ok) return ok(undefined);
  return refuse(400, 'invalid_field', `'audience.filter': ${parsed.problem.message}`, { details: 'audience.filter' });
}
