import type { IncomingMessage } from 'node:http';
import { commonLogTime } from '../http-api/event.ts';
import { gatewayId, type Caller } from './connection.ts';

/** What every event of one API shares. `now` is in epoch milliseconds. */
export type ApiFacts = { apiId: string; stage: string; now: number };

/** The `$connect` event: the handshake's headers and query, no body. */
export function connectEvent(request: IncomingMessage, caller: Caller, api: ApiFacts) {
  const headers = groupValues(headerPairs(request, caller));
  const query = groupValues([...new URLSearchParams((request.url ?? '').split('?').slice(1).join('?'))]);
  return {
    headers: lastValues(headers),
    multiValueHeaders: headers,
    ...(Object.keys(query).length === 0
      ? {}
      : { queryStringParameters: lastValues(query), multiValueQueryStringParameters: query }),
    requestContext: requestContext('$connect', 'CONNECT', caller, api),
    isBase64Encoded: false,
  };
}

/** The event of one text message. */
export function messageEvent(routeKey: string, body: string, caller: Caller, api: ApiFacts) {
  const context = requestContext(routeKey, 'MESSAGE', caller, api);
  return { requestContext: { ...context, messageId: gatewayId() }, body, isBase64Encoded: false };
}

/** The `$disconnect` event. The handshake's headers and query are not repeated in it. */
export function disconnectEvent(code: number, reason: string, caller: Caller, api: ApiFacts) {
  const headers = { Host: caller.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  const context = requestContext('$disconnect', 'DISCONNECT', caller, api);
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: { ...context, disconnectStatusCode: code, disconnectReason: reason },
    isBase64Encoded: false,
  };
}

function requestContext(
  routeKey: string,
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
  caller: Caller,
  api: ApiFacts,
) {
  const requestId = gatewayId();
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: commonLogTime(api.now),
    messageDirection: 'IN',
    stage: api.stage,
    connectedAt: caller.connectedAt,
    requestTimeEpoch: api.now,
    identity: caller.identity,
    requestId,
    domainName: caller.domainName,
    connectionId: caller.connectionId,
    apiId: api.apiId,
  };
}

function headerPairs(request: IncomingMessage, caller: Caller): [string, string][] {
  const sent = Array.from({ length: request.rawHeaders.length / 2 }, (_, index): [string, string] => [
    request.rawHeaders[index * 2] ?? '',
    request.rawHeaders[index * 2 + 1] ?? '',
  ]);
  return [
    ...sent,
    ['X-Forwarded-For', caller.identity.sourceIp],
    ['X-Forwarded-Port', String(request.socket.localPort ?? '')],
    ['X-Forwarded-Proto', 'http'],
  ];
}

function groupValues(pairs: readonly [string, string][]): Record<string, string[]> {
  const groups = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries([...groups].map(([name, values]) => [name, values.map(([, value]) => value)]));
}

function lastValues(groups: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']));
}
