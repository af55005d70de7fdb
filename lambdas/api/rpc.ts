import { conversationRow } from '@parley/core/domain/rows.ts';
import { json, jsonBody, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/authenticate.ts';
import { markRead } from '@parley/core/flows/mark-read.ts';

/** `POST /rest/v1/rpc/{action}`. */
export async function rpc(request: HttpRequest, principal: Principal, action: string): Promise<HttpResponse> {
  if (request.method !== 'POST')
    return problemResponse({ status: 405, code: 'PGRST101', message: 'Actions are called with POST' });
  const body = jsonBody(request) as Record<string, unknown> | null | undefined;
  if (action !== 'mark_read')
    return problemResponse({ status: 404, code: 'PGRST202', message: `There is no action '${action}'` });
  const conversation = await markRead(principal, body?.['conversation_id']);
  return conversation.ok ? json(200, conversationRow(conversation.value)) : problemResponse(conversation.problem);
}
