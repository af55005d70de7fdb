import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isPreflight, preflightReply, withCorsHeaders, type CorsConfiguration } from './cors.ts';
import { httpApiEvent } from './event.ts';
import { invokeWithin, type Invocation, type Invoke } from './invoke.ts';
import { readBody } from './loopback.ts';
import { gatewayReply, replyFromPayload, type Reply } from './reply.ts';
import { decodePath, hasPath, selectRoute, type HttpRoute, type RouteMatch } from './routes.ts';

/** An HTTP API. `maxBodyBytes` defaults to 10 MB, `timeoutMs` to 30 s, both AWS's limits. */
export type HttpApiOptions = {
  routes: readonly HttpRoute[];
  invoke: Invoke;
  apiId: string;
  stage?: string;
  cors?: CorsConfiguration;
  maxBodyBytes?: number;
  timeoutMs?: number;
  now?: () => number;
};

/** Answers a request and resolves true; resolves false, with the request untouched, when no route matches. */
export type HttpApi = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** An API Gateway HTTP API (payload format 2.0) over functions. Not a listener: a server in front passes requests on. */
export function createHttpApi(options: HttpApiOptions): HttpApi {
  return async (request, response) => {
    const path = decodePath((request.url ?? '/').split('?', 1)[0] ?? '/');
    const reply = await answer(options, request, path);
    if (reply === undefined) return false;
    send(request, response, reply);
    return true;
  };
}

async function answer(options: HttpApiOptions, request: IncomingMessage, path: string): Promise<Reply | undefined> {
  const { cors, routes } = options;
  const origin = request.headers.origin;
  if (cors && isPreflight(request) && hasPath(routes, path)) return preflightReply(cors, origin);
  const match = selectRoute(routes, request.method ?? 'GET', path);
  if (match === undefined) return undefined;
  const reply = await integrate(options, request, path, match);
  return cors ? withCorsHeaders(reply, cors, origin) : reply;
}

async function integrate(options: HttpApiOptions, request: IncomingMessage, path: string, match: RouteMatch) {
  const body = await readBody(request, options.maxBodyBytes ?? 10 * 1024 * 1024).catch(() => 'gone' as const);
  if (body === 'gone') return gatewayReply(400, 'Bad Request');
  if (body === 'too-large') return gatewayReply(413, 'Request Entity Too Large');
  const facts = {
    apiId: options.apiId,
    stage: options.stage ?? '$default',
    requestId: `${randomBytes(11).toString('base64url')}=`,
    now: (options.now ?? Date.now)(),
  };
  const event = httpApiEvent(request, path, match, body, facts);
  // Lambda takes 6 MB a synchronous call, base64 included, though the gateway takes 10 MB.
  if (Buffer.byteLength(JSON.stringify(event)) > 6 * 1024 * 1024) return gatewayReply(413, 'Request Entity Too Large');
  const outcome = await invokeWithin(options.invoke, match.route.functionName, event, options.timeoutMs ?? 30_000);
  const reply = replyFromOutcome(outcome);
  return { ...reply, headers: { ...reply.headers, 'apigw-requestid': facts.requestId } };
}

function replyFromOutcome(outcome: Invocation | 'timed-out'): Reply {
  if (outcome === 'timed-out') return gatewayReply(503, 'Service Unavailable');
  return outcome.ok ? replyFromPayload(outcome.payload) : gatewayReply(500, 'Internal Server Error');
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  response.statusCode = reply.status;
  // The gateway frames the answer itself; a function can't.
  const { connection: _, 'content-length': __, 'transfer-encoding': ___, ...headers } = reply.headers;
  for (const [name, value] of Object.entries(headers)) setHeader(response, name, value);
  if (reply.cookies.length > 0) setHeader(response, 'set-cookie', reply.cookies);
  if (reply.status !== 204 && reply.status !== 304) response.setHeader('content-length', reply.body.length);
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

function setHeader(response: ServerResponse, name: string, value: string | readonly string[]): void {
  try {
    response.setHeader(name, value);
  } catch {
    // A name or value HTTP can't carry: the client gets the answer without it.
  }
}
