import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { endConnection, gatewayId, type Caller, type Connection } from './connection.ts';
import { messageEvent } from './events.ts';
import { watchFrameSizes } from './frame-sizes.ts';
import { apiFacts, integrate, tellDisconnected, track, type Gateway } from './gateway.ts';
import { readAnswer } from './integration.ts';
import { selectRoute } from './route-selection.ts';

/** AWS's limit on a message, all its frames together. */
export const MAX_MESSAGE_BYTES = 128 * 1024;

const MAX_FRAME_BYTES = 32 * 1024;

/** Serves one open socket until it closes: limits, clocks, messages, and the `$disconnect` at its end. */
export function openSession(gateway: Gateway, caller: Caller, ws: WebSocket, socket: Duplex): void {
  const { idleMs = 600_000, lifetimeMs = 7_200_000 } = gateway.options;
  const expire = () => endConnection(connection, 1001, 'Going away');
  const lifetimeTimer = setTimeout(expire, lifetimeMs);
  const idleTimer = setTimeout(expire, idleMs);
  const connection: Connection = { ...caller, socket: ws, lastActiveAt: caller.connectedAt, idleTimer };
  gateway.connections.set(caller.connectionId, connection);
  limitFrames(gateway, connection, socket);
  ws.on('message', (data, isBinary) => track(gateway, receive(gateway, connection, data, isBinary)));
  // ws closes the socket itself after an error; its close event tells of it.
  ws.on('error', () => undefined);
  ws.on('close', (code, reason) => {
    clearTimeout(lifetimeTimer);
    clearTimeout(idleTimer);
    closed(gateway, connection, connection.closing ?? { code, reason: reason.toString() });
  });
}

/** Sends text to a client. False when the socket is gone. */
export function post(gateway: Gateway, connection: Connection, data: Buffer): Promise<boolean> {
  touch(gateway, connection);
  return new Promise((resolve) => {
    connection.socket.send(data, { binary: false }, (error) => resolve(!error));
  });
}

function limitFrames(gateway: Gateway, connection: Connection, socket: Duplex): void {
  const watch = watchFrameSizes((bytes) => {
    touch(gateway, connection);
    if (bytes > MAX_FRAME_BYTES) endConnection(connection, 1009, 'Frame too large');
  });
  // Before ws's own listener, so that a frame over the limit is never delivered.
  socket.prependListener('data', watch);
}

async function receive(gateway: Gateway, connection: Connection, data: RawData, isBinary: boolean): Promise<void> {
  if (connection.closing) return;
  // Developer Guide, "Binary media types for WebSocket APIs": binary frames are refused with 1003.
  if (isBinary || !Buffer.isBuffer(data)) return endConnection(connection, 1003, 'Binary frames are not supported');
  const { routes, routeSelectionExpression } = gateway.options;
  const body = data.toString();
  const route = selectRoute(routes, routeSelectionExpression, body);
  if (route === undefined) return sendFailure(connection, 'Forbidden');
  const outcome = await integrate(gateway, route, messageEvent(route.key, body, connection, apiFacts(gateway)));
  const frame = readAnswer(outcome, route.responds ?? false);
  if (frame.kind === 'failure') sendFailure(connection, frame.message);
  if (frame.kind === 'body') connection.socket.send(frame.text);
}

function closed(gateway: Gateway, connection: Connection, { code, reason }: { code: number; reason: string }): void {
  gateway.connections.delete(connection.connectionId);
  tellDisconnected(gateway, connection, code, reason);
}

function touch(gateway: Gateway, connection: Connection): void {
  connection.lastActiveAt = apiFacts(gateway).now;
  connection.idleTimer.refresh();
}

function sendFailure(connection: Connection, message: string): void {
  connection.socket.send(JSON.stringify({ message, connectionId: connection.connectionId, requestId: gatewayId() }));
}
