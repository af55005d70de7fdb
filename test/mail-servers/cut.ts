import { connect } from 'node:net';
import { startSockets } from '../support/loopback.ts';

/** Stands before a server and lets no answer through any more once a client has said so many bytes; what the client says still arrives. */
export function startCut(port: number, after: number): Promise<{ port: number; close(): void }> {
  return startSockets((client, own) => {
    const upstream = connect(port, '127.0.0.1');
    own(upstream);
    let said = 0;
    client.on('data', (chunk) => {
      said += chunk.length;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => (said > after ? setTimeout(() => client.destroy(), 200) : client.write(chunk)));
    upstream.on('close', () => client.destroy());
  });
}
