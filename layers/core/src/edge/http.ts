import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isObject } from '../domain/json-value.ts';
import { ok, refuse } from '../domain/problem.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { log } from './log.ts';

/** A request as API Gateway's payload format 2.0 brings it. The query is parsed from the raw string: the gateway joins repeated keys with commas. */
export interface HttpRequest {
  id: string;
  method: string;
  path: string;
  pathParameters: Record<string, string | undefined>;
  rawQuery: string;
  query: URLSearchParams;
  /** lower-case names */
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** Bytes of a body: a function's whole answer may have 6 MB (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
export const MOST_ANSWERED = 5_000_000;

export interface HttpResponse {
  statusCode: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Errors of AWS that pass when less is asked for, by name. */
const THROTTLED = /Throttl|ThroughputExceeded|TooManyRequests|RequestLimit/;
/** What a table or a function needs to grow in is a moment. */
const AGAIN_S = 2;

/**
 * A Lambda handler for an HTTP route. What it throws is our fault: logged with the request's id, and told to nobody. Where it is that AWS takes no more
 * for now, the caller is told to ask again: 503 with `Retry-After`.
 */
export function httpHandler(handle: (request: HttpRequest) => Promise<HttpResponse>) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      return await handle(toRequest(event));
    } catch (error) {
      log.error('request failed', { requestId: event.requestContext.requestId, route: event.routeKey, error });
      if (isThrottled(error)) return failed(503, 'overloaded', 'too much at once', AGAIN_S);
      return failed(500, 'internal_error', 'internal error');
    }
  };
}

export function json(statusCode: number, body: unknown): HttpResponse {
  return { statusCode, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

export function text(statusCode: number, body: string): HttpResponse {
  return {
    statusCode,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
    body,
  };
}

/** A page for a person. It loads nothing and can be put in no frame. */
export function html(statusCode: number, body: string): HttpResponse {
  return {
    statusCode,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
    body,
  };
}

/** A problem in the error shape of every route. */
export function problemResponse(problem: Problem): HttpResponse {
  const { status, code, message, details, hint } = problem;
  const answer = timed(problem, json(status, { code, message, details: details ?? null, hint: hint ?? null }));
  return status === 401 ? { ...answer, headers: { ...answer.headers, 'WWW-Authenticate': 'Bearer' } } : answer;
}

/** The same, as callers of the send functions know it: with `success` and `error` too. */
export function failureResponse(problem: Problem): HttpResponse {
  const { status, code, message, details, hint } = problem;
  const said = { success: false, error: message, code, message, details: details ?? null, hint: hint ?? null };
  return timed(problem, json(status, said));
}

/** A body as JSON; one that is none is refused with the code that its surface has for this. */
export function jsonIn({ body }: HttpRequest, code: string): Result<unknown> {
  if (body.length === 0) return refuse(400, code, 'There is no body: a JSON object is needed');
  try {
    return ok(JSON.parse(body.toString()) as unknown);
  } catch {
    return refuse(400, code, 'The body is not JSON');
  }
}

/** The JSON object that a body is, likewise. */
export function objectIn(request: HttpRequest, code: string): Result<Record<string, unknown>> {
  const read = jsonIn(request, code);
  if (!read.ok || isObject(read.value)) return read as Result<Record<string, unknown>>;
  return refuse(400, code, 'The body must be a JSON object');
}

/** What a caller authenticates with; `X-API-Key` and Supabase's `apikey` mean the same. */
export function credentialsOf({ headers }: HttpRequest): { apiKey: string | undefined; bearer: string | undefined } {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  return { apiKey: headers['x-api-key'] ?? headers['apikey'], bearer };
}

/** By its own name, or as a transaction that was cancelled: by a reason's. */
function isThrottled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { body } = error as { body?: { CancellationReasons?: { Code: string }[] } };
  return [error.name, ...(body?.CancellationReasons ?? []).map(({ Code }) => Code)].some((name) =>
    THROTTLED.test(name),
  );
}

function failed(status: number, code: string, message: string, retryAfterS?: number): HttpResponse {
  return timed({ retryAfterS }, json(status, { code, message, details: null, hint: null }));
}

/** An answer that says when to ask again, where that is known. */
function timed({ retryAfterS }: { retryAfterS?: number | undefined }, answer: HttpResponse): HttpResponse {
  if (retryAfterS === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfterS) } };
}

function toRequest(event: APIGatewayProxyEventV2): HttpRequest {
  return {
    id: event.requestContext.requestId,
    method: event.requestContext.http.method,
    path: event.rawPath,
    pathParameters: event.pathParameters ?? {},
    rawQuery: event.rawQueryString,
    query: new URLSearchParams(event.rawQueryString),
    headers: event.headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  };
}
