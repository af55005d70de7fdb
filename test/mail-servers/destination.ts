import type { Socket } from 'node:net';
import { startSockets } from '../support/loopback.ts';

/** What was taken of one mail. */
export interface Taken {
  from: string;
  to: string[];
  bytes: Buffer;
}

/** A server that takes mail, and says of each recipient what `says` has it say: bytes, for servers do not all write UTF-8. */
export interface Destination {
  port: number;
  taken: Taken[];
  close(): void;
}

export interface Behaviour {
  /** what EHLO promises beside the name */
  offers?: string[];
  /** the answer to RCPT in place of yes, and to the end of DATA */
  recipient?: ((address: string) => string | Uint8Array | undefined) | undefined;
  data?: ((mail: Taken) => string | Uint8Array | undefined) | undefined;
}

/** A mail server as small as one can be: SMTP without TLS and without pipelining, so that a test can have it say anything. */
export async function startDestination({ offers = [], recipient, data }: Behaviour = {}): Promise<Destination> {
  const taken: Taken[] = [];
  const server = await startSockets((socket) => serve(socket, { offers, recipient, data, taken }));
  return { ...server, taken };
}

type Serving = Behaviour & { offers: string[]; taken: Taken[] };

function serve(socket: Socket, { offers, recipient, data, taken }: Serving): void {
  let waiting = Buffer.alloc(0);
  let mail: Taken = { from: '', to: [], bytes: Buffer.alloc(0) };
  let isReading = false;
  const say = (words: string | Uint8Array) =>
    void socket.write(Buffer.concat([Buffer.from(words), Buffer.from('\r\n')]));
  say('220 mx.customers.example ESMTP');
  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const mark = isReading ? '\r\n.\r\n' : '\r\n';
      const at = waiting.indexOf(mark);
      if (at < 0) return;
      const part = waiting.subarray(0, at);
      waiting = waiting.subarray(at + mark.length);
      if (isReading) end(part);
      else command(part.toString());
    }
  });

  function command(line: string): void {
    const verb = line.slice(0, 4).toUpperCase();
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO')
      say(
        ['mx.customers.example', ...offers]
          .map((each, index) => `250${index < offers.length ? '-' : ' '}${each}`)
          .join('\r\n'),
      );
    else if (verb === 'MAIL') {
      mail = { from: address, to: [], bytes: Buffer.alloc(0) };
      say('250 2.1.0 Ok');
    } else if (verb === 'RCPT') {
      const refusal = recipient?.(address);
      if (refusal === undefined) mail.to.push(address);
      say(refusal ?? '250 2.1.5 Ok');
    } else if (verb === 'DATA') {
      isReading = mail.to.length > 0;
      say(isReading ? '354 End data with <CR><LF>.<CR><LF>' : '554 5.5.1 No valid recipients');
    } else if (verb === 'QUIT') {
      socket.end('221 2.0.0 Bye\r\n');
    } else say('250 2.0.0 Ok');
  }

  function end(part: Buffer): void {
    isReading = false;
    mail.bytes = Buffer.from(part.toString('latin1').replaceAll('\r\n..', '\r\n.'), 'latin1');
    const refusal = data?.(mail);
    if (refusal === undefined) taken.push(mail);
    say(refusal ?? '250 2.0.0 Ok: queued');
  }
}
