import { channelNamed } from '@parley/core/channels/manifests.ts';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { canonicalJson } from '@parley/core/domain/canonical-json.ts';
import { credentialsOf, failureResponse, json, objectIn } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { authenticate } from '@parley/core/flows/access/authenticate.ts';
import { parseSendRequest } from '@parley/core/flows/send/request.ts';
import { answerSend } from './send-answer.ts';

/** `POST /functions/v1/{channel}-send`. Under an `Idempotency-Key` it is done once, however often it is asked for. */
export async function sendMessage(request: HttpRequest, [functionName = '']: string[]): Promise<HttpResponse> {
  const name = channelNamed(functionName.replace(/-send$/, ''));
  if (!name)
    return failureResponse({ status: 404, code: 'not_found', message: `There is no function '${functionName}'` });
  const principal = await authenticate(credentialsOf(request));
  if (!principal.ok) return failureResponse(principal.problem);
  const read = objectIn(request, 'invalid_body');
  if (!read.ok) return failureResponse(read.problem);
  const body = read.value;
  const parsed = parseSendRequest(body);
  if (!parsed.ok) return failureResponse(parsed.problem);
  const channel = await loadChannel(name);
  const key = request.headers['idempotency-key'];
  if (key === undefined) return toResponse(await answerSend(channel, principal.value, parsed.value, body));
  const { once } = await import('@parley/core/flows/send/once.ts');
  const done = await once(principal.value, key, `${name}\n${canonicalJson(body)}`, (attempt) =>
    answerSend(channel, principal.value, parsed.value, body, { ...attempt, name: key }),
  );
  return done.ok ? toResponse(done.answer) : failureResponse(done.problem);
}

function toResponse({ status, body }: { status: number; body: string }): HttpResponse {
  return { ...json(status, null), body };
}
