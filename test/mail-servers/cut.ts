import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands before a server and lets no answer through any more once a client has said so many bytes; what the client says still arrives. */
export async function startCut(port: number, after: number): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    let said = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => {
      said += chunk.length;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => (said > after ? setTimeout(() => client.destroy(), 200) : client.write(chunk)));
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
