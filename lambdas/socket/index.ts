import { socketHandler } from '@parley/core/edge/socket.ts';
import type { SocketEvent } from '@parley/core/edge/socket.ts';
import { connect } from '@parley/core/flows/access/connect.ts';
import { postToConnection } from '@parley/core/store/connections.ts';

/** The WebSocket: who may listen is decided when it is opened; from then on a client only asks whether we are still there. */
export const handler = socketHandler((event) => (event.route === '$connect' ? open(event) : answer(event)));

/** Browsers can't set headers on a WebSocket, so the credential may come in the query. */
async function open({ connectionId, headers, query }: SocketEvent): Promise<number> {
  const bearer = query['access_token'] ?? /^Bearer\s+(.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  const apiKey = query['apikey'] ?? headers['x-api-key'] ?? headers['apikey'];
  const connected = await connect({ apiKey, bearer }, connectionId);
  return connected.ok ? 200 : connected.problem.status;
}

async function answer({ connectionId, body }: SocketEvent): Promise<number> {
  if (isPing(body)) await postToConnection(connectionId, JSON.stringify({ type: 'pong' }));
  return 200;
}

function isPing(body: string): boolean {
  try {
    return (JSON.parse(body) as { type?: unknown } | null)?.type === 'ping';
  } catch {
    return false;
  }
}
