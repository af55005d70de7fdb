import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { shownBody } from './form.ts';
import { header, write, type Answer, type Call } from './http.ts';
import { shown } from './json.ts';
import type { Outcome, Provider } from './provider.ts';
import { redactBody, redactHeaders, redactPath } from './requests.ts';

/** Answers one call of a provider's API, with whatever fault is due, and logs it. */
export async function serve(provider: Provider, call: Call, response: ServerResponse): Promise<void> {
  const fault = provider.world.faults.forCall(call.path);
  const outcome = await ask(provider, call, fault);
  await log(provider, call, outcome, fault);
  if (!fault?.delay_ms) return finish(response, outcome, fault);
  void follow(outcome);
  await provider.world.faults.late(fault.delay_ms);
  finish(response, { answer: outcome.answer }, fault);
}

/** A fault with a status or code refuses; any other lets the call happen. */
async function ask(provider: Provider, call: Call, fault: Fault | undefined): Promise<Outcome> {
  const refuses = fault && !fault.asynchronous && (fault.status ?? fault.code ?? fault.retry_after) !== undefined;
  if (!refuses) return provider.call(call, fault);
  const answer = provider.fail(fault);
  const headers = Object.entries(fault.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return { answer: { ...answer, headers: { ...answer.headers, ...Object.fromEntries(headers) } } };
}

function finish(response: ServerResponse, outcome: Outcome, fault: Fault | undefined): void {
  if (fault?.lose_answer) response.destroy();
  else write(response, outcome.answer);
  void follow(outcome);
}

async function follow({ after }: Outcome): Promise<void> {
  try {
    await after?.();
  } catch (error) {
    console.error('a pretend provider failed after its answer', error);
  }
}

async function log(
  provider: Provider,
  call: Call,
  { answer, warning }: Outcome,
  fault: Fault | undefined,
): Promise<void> {
  const query = call.query.size > 0 ? `?${call.query.toString()}` : '';
  provider.world.requests.add({
    at: new Date(provider.world.now()).toISOString(),
    method: call.method,
    path: redactPath(call.path + query),
    headers: redactHeaders(call.headers),
    body: redactBody(await shownBody(header(call, 'content-type') ?? '', call.body)),
    status: answer.status,
    response: answer.shown,
    ...(fault?.lose_answer && { lost: true }),
    ...(warning && { warning }),
  });
}

/** The answer of a fault that brings its own body, else the provider's words for it. */
export function faultAnswer(fault: Fault, status: number, words: (status: number) => Answer): Answer {
  const answer = words(status);
  if (fault.body === undefined) return answer;
  return { ...answer, body: shown(fault.body), shown: fault.body };
}
