import { ok } from '@parley/core/domain/problem.ts';
import type { Result } from '@parley/core/domain/problem.ts';
import { objectIn } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { list } from '@parley/core/flows/lists/list.ts';
import { patchSettings } from '@parley/core/flows/organization-settings.ts';
import { selectionOf } from './selection.ts';
import { changed, checkAffected, readWrite } from './writing.ts';

/** `PATCH /rest/v1/organization_settings`: there is one row, so no filter is needed; one that does not find it changes nothing. */
export async function changeSettings(request: HttpRequest, principal: Principal): Promise<Result<HttpResponse>> {
  const asked = readWrite(request, principal, 'organization_settings');
  if (!asked.ok) return asked;
  const body = objectIn(request, 'PGRST102');
  if (!body.ok) return body;
  const { query, prefer } = asked.value;
  const found = await list(principal.organizationId, 'organization_settings', selectionOf(query, prefer));
  if (!found.ok) return found;
  const affected = checkAffected(asked.value, found.value.rows.length);
  if (!affected.ok) return affected;
  if (found.value.rows.length === 0) return ok(changed(asked.value, []));
  const row = await patchSettings(principal, body.value);
  return row.ok ? ok(changed(asked.value, [row.value])) : row;
}
