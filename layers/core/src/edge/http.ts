import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem } from '../domain/problem.ts';
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

/** A Lambda handler for an HTTP route. What it throws is our fault: logged with the request's id, and told to nobody. */
export function httpHandler(handle: (request: HttpRequest) => Promise<HttpResponse>) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      return await handle(toRequest(event));
    } catch (error) {
      log.error('request failed', { requestId: event.requestContext.requestId, route: event.routeKey, error });
      return json(500, { code: 'internal_error', message: 'internal error', details: null, hint: null });
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
export function problemResponse({ status, code, message, details, hint }: Problem): HttpResponse {
  return json(status, { code, message, details: details ?? null, hint: hint ?? null });
}

/** The same, as callers of the send functions know it: with `success` and `error` too. */
export function failureResponse(problem: Problem): HttpResponse {
  const { status, code, message, details, hint } = problem;
  return json(status, { success: false, error: message, code, message, details: details ?? null, hint: hint ?? null });
}

/** Undefined when the body is no JSON. */
export function jsonBody(request: HttpRequest): unknown {
  try {
    return JSON.parse(request.body.toString()) as unknown;
  } catch {
    return undefined;
  }
}

/** What a caller authenticates with; `X-API-Key` and Supabase's `apikey` mean the same. */
export function credentialsOf({ headers }: HttpRequest): { apiKey: string | undefined; bearer: string | undefined } {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  return { apiKey: headers['x-api-key'] ?? headers['apikey'], bearer };
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
