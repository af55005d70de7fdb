import type { Invocation } from '../http-api/invoke.ts';

/** What the `$connect` function decided. `protocol` is the subprotocol it chose by its answer's header. */
export type Admission = { admitted: true; protocol: string | undefined } | { admitted: false; status: number };

/** Reads the answer of `$connect`: 2xx admits, another status refuses with it, a broken or failed function is a 502. */
export function readAdmission(outcome: Invocation | 'timed-out'): Admission {
  if (outcome === 'timed-out') return { admitted: false, status: 504 };
  const answer = outcome.ok ? asRecord(outcome.payload) : {};
  const status = answer['statusCode'];
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    return { admitted: false, status: 502 };
  }
  return status < 300 ? { admitted: true, protocol: chosenProtocol(answer) } : { admitted: false, status };
}

/** What the client gets back for a message: a failure always speaks, an answer only where the route has a response. */
export function readAnswer(outcome: Invocation | 'timed-out', responds: boolean): AnswerFrame {
  if (outcome === 'timed-out') return { kind: 'failure', message: 'Endpoint request timed out' };
  if (!outcome.ok) return { kind: 'failure', message: 'Internal server error' };
  const body = asRecord(outcome.payload)['body'];
  return responds && typeof body === 'string' ? { kind: 'body', text: body } : { kind: 'nothing' };
}

/** A frame to send to the client after a message, or none. */
type AnswerFrame = { kind: 'failure'; message: string } | { kind: 'body'; text: string } | { kind: 'nothing' };

function chosenProtocol(answer: Record<string, unknown>): string | undefined {
  const headers = Object.entries(asRecord(answer['headers']));
  const value = headers.find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1];
  return typeof value === 'string' ? value : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
