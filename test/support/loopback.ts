import type { Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Has a server listen on a free port of this machine; the port. */
export async function listenOn(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The same of a server of HTTP; its address, without a slash at the end. */
export async function listenAt(server: HttpServer): Promise<string> {
  return `http://127.0.0.1:${await listenOn(server)}`;
}

/** Ends a server of HTTP, and what is connected to it. */
export function stop(server: HttpServer): void {
  server.close();
  server.closeAllConnections();
}

/** A server of any protocol, which takes the sockets it is told of along when it ends. */
export async function startSockets(
  serve: (socket: Socket, own: (socket: Socket) => void) => void,
): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const own = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((socket) => {
    own(socket);
    serve(socket, own);
  });
  return {
    port: await listenOn(server),
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
