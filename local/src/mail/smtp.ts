import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';

export interface RunningSmtp {
  port: number;
  /** Ends a session's connection without a word. */
  drop(sessionId: string): void;
  close(): Promise<void>;
}

/** Port 0 takes a free one. Only this machine reaches it. */
export async function listen(options: SMTPServerOptions, port: number): Promise<RunningSmtp> {
  const server = new SMTPServer({
    banner: 'Parley',
    disableReverseLookup: true,
    hideDSN: false,
    // refusals bring their own
    hideENHANCEDSTATUSCODES: true,
    closeTimeout: 100,
    logger: false,
    ...options,
  });
  // a client that goes away in the middle is no fault of the server
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    drop: (sessionId) => {
      for (const connection of server.connections) if (idOf(connection) === sessionId) socketOf(connection)?.destroy();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function idOf(connection: object): unknown {
  return Reflect.get(connection, 'id');
}

/** The library keeps it to itself. */
function socketOf(connection: object): Socket | undefined {
  return Reflect.get(connection, '_socket') as Socket | undefined;
}

/** A refusal as SMTP says it: `550`, `5.1.1 no such user`. */
export function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

/** The whole mail, or undefined when it is larger than the server said it takes. */
export async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const bytes = await buffer(stream);
  return stream.sizeExceeded ? undefined : bytes;
}

/** Gives a handler with a promise the callback that smtp-server wants. */
export function answer<T>(work: Promise<T>, callback: (error?: Error | null, value?: T) => void): void {
  void settle(work, callback);
}

async function settle<T>(work: Promise<T>, callback: (error?: Error | null, value?: T) => void): Promise<void> {
  const [outcome] = await Promise.allSettled([work]);
  if (outcome.status === 'fulfilled') callback(null, outcome.value);
  else callback(outcome.reason instanceof Error ? outcome.reason : new Error(String(outcome.reason)));
}
