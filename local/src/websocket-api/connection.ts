import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';

/** What is known of a client before its handshake is accepted. Times are in epoch milliseconds. */
export type Caller = {
  connectionId: string;
  connectedAt: number;
  domainName: string;
  identity: { sourceIp: string; userAgent?: string };
};

/** An open connection. `closing` is set once the server has decided to end it; `idleTimer` restarts with every sign of life. */
export type Connection = Caller & {
  socket: WebSocket;
  lastActiveAt: number;
  idleTimer: NodeJS.Timeout;
  closing?: { code: number; reason: string };
};

/** A fresh caller for an upgrade request. */
export function newCaller(request: IncomingMessage, now: number): Caller {
  const userAgent = request.headers['user-agent'];
  const sourceIp = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return {
    connectionId: gatewayId(),
    connectedAt: now,
    domainName: request.headers.host ?? 'localhost',
    identity: { sourceIp, ...(userAgent === undefined ? {} : { userAgent }) },
  };
}

/** An id as the gateway makes them for connections, requests and messages: 11 bytes, `L0SM9cOFvHcCIhw=`. */
export function gatewayId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

/** Ends a connection from the server's side. Only the first reason counts. */
export function endConnection(connection: Connection, code: number, reason: string): void {
  if (connection.closing) return;
  connection.closing = { code, reason };
  connection.socket.close(code, reason);
}
