import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { listenOnLoopback, type Loopback } from '../http-api/loopback.ts';
import type { Gateway, WebSocketApiOptions } from './gateway.ts';
import { handshake } from './handshake.ts';
import { managementApi } from './management-api.ts';
import { post } from './session.ts';

/**
 * `handleUpgrade` takes a server's `upgrade` events, whatever their path. `close` drops every connection and waits for
 * their `$disconnect`.
 */
export type WebSocketApi = {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  startManagementApi(port?: number): Promise<Loopback>;
  close(): Promise<void>;
};

/** An API Gateway WebSocket API over functions, with its management API. */
export function createWebSocketApi(options: WebSocketApiOptions): WebSocketApi {
  const gateway: Gateway = { options, connections: new Map(), running: new Set(), closed: false };
  const managementApis: Loopback[] = [];
  return {
    handleUpgrade: (request, socket, head) => handshake(gateway, request, socket, head),
    async startManagementApi(port) {
      const server = await listenOnLoopback(managementApi(gateway, post), port);
      managementApis.push(server);
      return server;
    },
    async close() {
      gateway.closed = true;
      for (const { socket } of gateway.connections.values()) socket.terminate();
      await allClosed(gateway);
      await Promise.all(managementApis.map((server) => server.close()));
    },
  };
}

async function allClosed(gateway: Gateway): Promise<void> {
  while (gateway.connections.size + gateway.running.size > 0) {
    await Promise.all(gateway.running);
    await new Promise(setImmediate);
  }
}
