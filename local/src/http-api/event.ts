import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { decodeUtf8 } from './loopback.ts';
import type { RouteMatch } from './routes.ts';

/** What the gateway adds to a request of its own. `now` is in epoch milliseconds. */
type RequestFacts = { apiId: string; stage: string; requestId: string; now: number };

/** The event of payload format version 2.0. */
export function httpApiEvent(
  request: IncomingMessage,
  path: string,
  match: RouteMatch,
  body: Buffer,
  facts: RequestFacts,
): APIGatewayProxyEventV2 {
  const rawQueryString = (request.url ?? '').split('?').slice(1).join('?');
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: path,
    rawQueryString,
    ...(request.headers.cookie === undefined ? {} : { cookies }),
    headers: eventHeaders(request, body, facts),
    ...(rawQueryString === '' ? {} : { queryStringParameters: joinParameters(rawQueryString) }),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    requestContext: requestContext(request, path, match.routeKey, facts),
    ...eventBody(body, request.headers['content-type']),
  };
}

/**
 * Whether a body of this content type reaches the function as text. Everything else, forms included, arrives as
 * base64 (AWS Compute Blog, "Handling binary data using Amazon API Gateway HTTP APIs").
 */
function isTextType(contentType: string | undefined): boolean {
  const type = (contentType ?? 'text/plain').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^(text\/.*|application\/(json|javascript|xml)|.*\+(json|xml))$/.test(type);
}

/** `12/Mar/2020:19:03:58 +0000`, the common log format's time. */
export function commonLogTime(epochMs: number): string {
  const [, day, month, year, time] = new Date(epochMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

function eventBody(body: Buffer, contentType: string | undefined) {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = isTextType(contentType) ? decodeUtf8(body) : undefined;
  if (text === undefined) return { body: body.toString('base64'), isBase64Encoded: true };
  return { body: text, isBase64Encoded: false };
}

function eventHeaders(request: IncomingMessage, body: Buffer, facts: RequestFacts): Record<string, string> {
  const { cookie: _, connection: __, 'transfer-encoding': ___, ...distinct } = request.headersDistinct;
  const joined = Object.entries(distinct).map(([name, values]) => [name, (values ?? []).join(',')]);
  const forwarded = [distinct['x-forwarded-for'] ?? [], sourceIp(request)].flat().join(', ');
  return {
    ...(Object.fromEntries(joined) as Record<string, string>),
    'content-length': String(body.length),
    'x-amzn-trace-id': `Root=1-${Math.floor(facts.now / 1000).toString(16)}-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    'x-forwarded-for': forwarded,
    'x-forwarded-port': String(request.socket.localPort ?? ''),
    'x-forwarded-proto': 'http',
  };
}

function joinParameters(rawQueryString: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const earlier = joined.get(name);
    joined.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(joined);
}

function requestContext(request: IncomingMessage, path: string, routeKey: string, facts: RequestFacts) {
  const domainName = request.headers.host ?? 'localhost';
  return {
    accountId: '000000000000',
    apiId: facts.apiId,
    domainName,
    domainPrefix: domainName.split('.', 1)[0] ?? '',
    http: {
      method: request.method ?? 'GET',
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request),
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: facts.requestId,
    routeKey,
    stage: facts.stage,
    time: commonLogTime(facts.now),
    timeEpoch: facts.now,
  };
}

function sourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
