import { channelNamed } from '@parley/core/channels/manifests.ts';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { messageRow } from '@parley/core/domain/rows.ts';
import { credentialsOf, failureResponse, json, jsonBody } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { authenticate } from '@parley/core/flows/authenticate.ts';
import { send } from '@parley/core/flows/send.ts';
import { asWritten, parseSendRequest } from '@parley/core/flows/send-request.ts';
import { signMedia } from '@parley/core/store/media-bucket.ts';

/** `POST /functions/v1/{channel}-send`. */
export async function sendMessage(request: HttpRequest, functionName: string): Promise<HttpResponse> {
  const name = channelNamed(functionName.replace(/[-_]send$/, ''));
  if (!name)
    return failureResponse({ status: 404, code: 'not_found', message: `There is no function '${functionName}'` });
  const principal = await authenticate(credentialsOf(request));
  if (!principal.ok) return failureResponse(principal.problem);
  const body = jsonBody(request);
  if (body === undefined)
    return failureResponse({ status: 400, code: 'invalid_body', message: 'The body is not JSON' });
  const parsed = parseSendRequest(body);
  if (!parsed.ok) return failureResponse(parsed.problem);
  const sent = await send(await loadChannel(name), principal.value, parsed.value);
  return sent.ok ? success(sent.value) : failureResponse(asWritten(sent.problem, body));
}

type Sent = Extract<Awaited<ReturnType<typeof send>>, { ok: true }>['value'];

/** `result` names our id twice, as callers of the system before this one read it. */
function success(message: Sent): HttpResponse {
  return json(200, {
    success: true,
    result: { messageId: message.id, id: message.id },
    conversationId: message.conversationId,
    contactId: message.contactId,
    message: messageRow(message, signMedia),
  });
}
