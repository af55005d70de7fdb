import type { Channel } from '@parley/core/channels/contract.ts';
import { identityKey } from '@parley/core/domain/contact.ts';
import type { Message } from '@parley/core/domain/message.ts';
import { ok } from '@parley/core/domain/problem.ts';
import type { Problem, Result } from '@parley/core/domain/problem.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { MOST_ANSWERED } from '@parley/core/edge/http.ts';
import { inParallel } from '@parley/core/flows/parallel.ts';
import { send } from '@parley/core/flows/send/send.ts';
import type { Origin } from '@parley/core/flows/send/send.ts';
import { asWritten } from '@parley/core/flows/send/field-names.ts';
import type { SendRequest } from '@parley/core/flows/send/request.ts';
import type { Answer } from '@parley/core/store/idempotency.ts';
import { rowOf } from './message-rows.ts';

/** Sends to one or to several and answers as JSON text. Several are answered 200 with a row each; `success` says whether all were accepted. */
export async function answerSend(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  written: unknown,
  origin?: Origin,
): Promise<Answer> {
  const { recipients, ...rest } = request;
  const accept: Accept = (to, own) => acceptOne(channel, principal, { ...rest, ...to }, { written, origin: own });
  if (!recipients) return answerOf(await accept({}, origin), written);
  const accepted = new Map<string, ReturnType<Accept>>();
  const results = await inParallel([...recipients.entries()], async ([index, to]) => {
    const person = personAt(channel, to);
    const own = origin && { ...origin, name: `${origin.name}#${index}` };
    const one = accepted.get(person) ?? accept({ to }, own);
    accepted.set(person, one);
    return { to, ...outcomeOf(await one, written) };
  });
  return { status: 200, body: bodyOf(results) };
}

/** The same for each way to write one address: who is named twice gets one message. */
function personAt(channel: Channel, to: string): string {
  const identity = channel.recipient(to);
  return identity ? identityKey(identity) : to;
}

/** Where the rows are more than an answer has room for, their messages are null: each is read by its id. */
function bodyOf(results: Accepted[]): string {
  const success = results.every((one) => one.success);
  const whole = JSON.stringify({ success, results });
  if (Buffer.byteLength(whole) <= MOST_ANSWERED) return whole;
  return JSON.stringify({ success, results: results.map((one) => (one.success ? { ...one, message: null } : one)) });
}

type Accepted = { success: boolean } & Record<string, unknown>;
type Accept = (to: { to?: string }, origin: Origin | undefined) => Promise<Result<Accepted>>;

async function acceptOne(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  around: { written: unknown; origin: Origin | undefined },
): Promise<Result<Accepted>> {
  const { recurrence } = request;
  if (recurrence !== undefined) {
    const { beginSeries } = await import('./begin-series.ts');
    return beginSeries(channel, principal, { ...request, recurrence }, around);
  }
  const sent = await send(channel, principal, request, around.origin);
  return sent.ok ? ok(success(sent.value)) : sent;
}

function answerOf(accepted: Result<Accepted>, written: unknown): Answer {
  return { status: accepted.ok ? 200 : accepted.problem.status, body: JSON.stringify(outcomeOf(accepted, written)) };
}

function outcomeOf(accepted: Result<Accepted>, written: unknown) {
  return accepted.ok ? accepted.value : failure(asWritten(accepted.problem, written));
}

/** `result` names our id twice, as callers of the system before this one read it. */
function success(message: Message) {
  return {
    success: true,
    result: { messageId: message.id, id: message.id },
    conversationId: message.conversationId,
    contactId: message.contactId,
    message: rowOf(message),
  };
}

function failure({ code, message, details, hint }: Problem) {
  return { success: false, error: message, code, message, details: details ?? null, hint: hint ?? null };
}
