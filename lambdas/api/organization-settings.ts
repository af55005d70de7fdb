import { json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { parsePrefer } from '@parley/core/edge/postgrest/prefer.ts';
import { respondProblem } from '@parley/core/edge/postgrest/respond.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { patchSettings } from '@parley/core/flows/organization-settings.ts';

/** `PATCH /rest/v1/organization_settings`: there is one row, so no filter is needed. */
export async function changeSettings(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  const prefer = parsePrefer(request.headers['prefer']);
  if (!prefer.ok) return respondProblem(prefer.problem);
  const changed = await patchSettings(principal, jsonBody(request));
  if (!changed.ok) return problemResponse(changed.problem);
  return prefer.value.return === 'representation' ? json(200, [changed.value]) : { statusCode: 204 };
}
