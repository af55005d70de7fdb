import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import test from 'node:test';
import type { Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/email/index.ts';
import { disconnect } from '@parley/core/channels/email/transport.ts';
import { makeCertificate } from '@parley/local/mail/certificate.ts';
import { listenOn } from '../../support/loopback.ts';
import { account } from './reading.ts';
import { outgoing, startServer } from './server.ts';

const DAY_MS = 24 * 3600_000;

for (const [code, host, days] of [
  ['certificate_expired', '127.0.0.1', -1],
  ['certificate_mismatch', '127.0.0.2', 1],
] as const) {
  test(`a certificate that is no good is told as ${code}, before the password is`, async () => {
    const made = await makeCertificate([host], new Date(Date.now() + days * DAY_MS));
    const server = await startServer({ options: made }, { ca: made.cert });
    try {
      const receipt = await channel.send(outgoing(), server.account);
      assert.deepEqual(toldOf(receipt), ['auth', code, false]);
      assert.deepEqual(server.signIns, []);
    } finally {
      await server.close();
    }
  });
}

/** What a server does when it is asked for TLS, and what becomes of the message. */
const answers: [string, (socket: Socket) => void, [string, string, boolean]][] = [
  ['says that it can not now', says('454 4.7.0 TLS not available'), ['provider_down', 'server_unreachable', true]],
  ['says that it does not know how', says('502 5.5.1 not implemented'), ['auth', 'no_tls', false]],
  ['hangs up', (socket) => void socket.destroy(), ['provider_down', 'server_unreachable', true]],
  [
    'agrees and hangs up',
    (socket) => void socket.write('220 go\r\n', () => setTimeout(() => socket.destroy(), 50)),
    ['provider_down', 'server_unreachable', true],
  ],
  [
    'speaks on in plain text',
    (socket) => void socket.write('220 go\r\n', () => setTimeout(() => socket.write('hello\r\n'), 50)),
    ['auth', 'no_tls', false],
  ],
];

for (const [what, answer, expected] of answers) {
  test(`a server that ${what} when it is asked for TLS: ${expected[1]}`, async () => {
    const server = await speaking(answer);
    try {
      assert.deepEqual(toldOf(await channel.send(outgoing(), accountAt(server))), expected);
    } finally {
      disconnect();
      server.close();
    }
  });
}

test('a man in the middle who takes STARTTLS out of what the server offers learns nothing', async () => {
  const heard: string[] = [];
  const server = await speaking(() => {}, { offers: false, heard });
  try {
    const receipt = await channel.send(outgoing(), accountAt(server));
    assert.deepEqual(toldOf(receipt), ['auth', 'no_tls', false]);
    assert.doesNotMatch(heard.join(''), /AUTH|MAIL FROM|cGFzc/);
  } finally {
    disconnect();
    server.close();
  }
});

function says(words: string): (socket: Socket) => void {
  return (socket) => void socket.write(`${words}\r\n`);
}

function toldOf(receipt: Receipt): unknown {
  return receipt.outcome === 'refused' && [receipt.error.class, receipt.error.code, receipt.retryable];
}

function accountAt(server: Server) {
  const { port } = server.address() as AddressInfo;
  const credentials = { ...account.credentials, user: 'support@nile.example', password: 'pass word' };
  return { ...account, baseUrl: `smtp://127.0.0.1:${port}`, credentials };
}

async function speaking(
  onTls: (socket: Socket) => void,
  { offers = true, heard = [] }: { offers?: boolean; heard?: string[] } = {},
): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('220 mx.nile.example ESMTP\r\n');
    socket.on('data', (chunk) => {
      const line = chunk.toString('latin1');
      heard.push(line);
      if (line.startsWith('EHLO'))
        socket.write(`250-mx.nile.example\r\n${offers ? '250-STARTTLS\r\n' : ''}250 AUTH PLAIN\r\n`);
      else if (!line.startsWith('STARTTLS')) socket.write('500 5.5.1 no\r\n');
      else if (offers) onTls(socket.removeAllListeners('data').resume());
      else socket.write('500 5.5.1 no\r\n');
    });
  });
  await listenOn(server);
  return server;
}
