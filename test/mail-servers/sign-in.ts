import { createInterface } from 'node:readline';
import { startSockets } from '../support/loopback.ts';

export interface SignIn {
  port: number;
  close(): void;
}

const GREETING = [
  'VERSION\t1\t1',
  'MECH\tPLAIN\tplaintext',
  'MECH\tLOGIN\tplaintext',
  'MECH\tXOAUTH2',
  'SPID\t1',
  'CUID\t1',
];

/**
 * Says to a Postfix who may sign in, by the protocol of Dovecot's auth service (https://doc.dovecot.org, "Auth protocol"): one user, with
 * a password or an OAuth 2 token.
 */
export function startSignIn(user: string, secret: string): Promise<SignIn> {
  const right = new Set([`\0${user}\0${secret}`, `user=${user}\x01auth=Bearer ${secret}\x01\x01`]);
  return startSockets((socket) => {
    socket.write([...GREETING, 'COOKIE\t00000000000000000000000000000000', 'DONE', ''].join('\n'));
    createInterface(socket).on('line', (line) => socket.write(answerTo(line, user, right)));
  });
}

function answerTo(line: string, user: string, right: Set<string>): string {
  const [command, id, ...fields] = line.split('\t');
  if (command !== 'AUTH') return '';
  const response = fields.find((field) => field.startsWith('resp='))?.slice('resp='.length) ?? '';
  const given = Buffer.from(response, 'base64').toString();
  return right.has(given) ? `OK\t${id}\tuser=${user}\n` : `FAIL\t${id}\tuser=${user}\n`;
}
