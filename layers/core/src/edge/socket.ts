import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { log } from './log.ts';

/** A WebSocket event. Headers and query come with $connect only. */
export interface SocketEvent {
  route: string;
  connectionId: string;
  headers: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  body: string;
}

type RawEvent = APIGatewayProxyWebsocketEventV2 & {
  headers?: Record<string, string | undefined>;
  queryStringParameters?: Record<string, string | undefined> | null;
};

/** A Lambda handler for WebSocket routes; it answers with a status, which on $connect decides whether the handshake succeeds. */
export function socketHandler(handle: (event: SocketEvent) => Promise<number>) {
  return async (event: RawEvent): Promise<APIGatewayProxyResultV2> => {
    try {
      return { statusCode: await handle(toEvent(event)) };
    } catch (error) {
      log.error('socket event failed', {
        route: event.requestContext.routeKey,
        connection: event.requestContext.connectionId,
        error,
      });
      return { statusCode: 500 };
    }
  };
}

function toEvent(event: RawEvent): SocketEvent {
  const headers = Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    route: event.requestContext.routeKey,
    connectionId: event.requestContext.connectionId,
    headers: Object.fromEntries(headers) as SocketEvent['headers'],
    query: event.queryStringParameters ?? {},
    body: event.body ?? '',
  };
}
