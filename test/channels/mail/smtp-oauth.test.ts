import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import type { Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/email/index.ts';
import { listenOn } from '../../support/loopback.ts';
import { outgoing, startServer } from './server.ts';

const oauth = { auth: 'oauth2' as const, refresh_token: '1//refresh', client_id: 'client', client_secret: 'secret' };

test('a token is fetched where there is none, and serves until it runs out', async () => {
  const asked: string[] = [];
  const tokens = await startTokens(200, { access_token: 'ya29.fresh', expires_in: 3600, token_type: 'Bearer' }, asked);
  const server = await startServer({ options: { authMethods: ['XOAUTH2'] } }, { ...oauth, token_url: urlOf(tokens) });
  try {
    for (let count = 0; count < 2; count++)
      assert.equal((await channel.send(outgoing(), server.account)).outcome, 'accepted');
    assert.deepEqual(server.signIns, ['support@nile.example:ya29.fresh']);
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /grant_type=refresh_token/);
  } finally {
    await server.close();
    tokens.close();
  }
});

/** What the server that gives tokens answers, and what becomes of the message. */
const troubles: [string, number, object, [string, string, boolean]][] = [
  [
    'a consent that was withdrawn',
    400,
    { error: 'invalid_grant', error_description: 'Token has been revoked' },
    ['auth', 'not_authenticated', false],
  ],
  ['a program that is not known', 401, { error: 'invalid_client' }, ['auth', 'not_authenticated', false]],
  ['trouble over there', 503, { error: 'temporarily_unavailable' }, ['provider_down', 'server_unreachable', true]],
  ['too many questions', 429, { error: 'rate_limited' }, ['provider_down', 'server_unreachable', true]],
];

for (const [what, status, answer, expected] of troubles) {
  test(`${what} is ${expected[1]}`, async () => {
    const tokens = await startTokens(status, answer);
    try {
      assert.deepEqual(toldOf(await sendWith(urlOf(tokens))), expected);
    } finally {
      tokens.close();
    }
  });
}

test('a token that is refused, and nothing to get a new one with, is a sign-in that is refused', async () => {
  const says = { auth: '535 5.7.8 no', options: { authMethods: ['XOAUTH2'] } };
  const server = await startServer(says, { auth: 'oauth2', access_token: 'ya29.old' });
  try {
    assert.deepEqual(toldOf(await channel.send(outgoing(), server.account)), ['auth', 'not_authenticated', false]);
  } finally {
    await server.close();
  }
});

test('a server of tokens that is not there is tried again, and no password is asked for', async () => {
  const tokens = await startTokens(200, {});
  const url = urlOf(tokens);
  tokens.close();
  assert.deepEqual(toldOf(await sendWith(url)), ['provider_down', 'server_unreachable', true]);
});

async function sendWith(token_url: string): Promise<Receipt> {
  const server = await startServer({ options: { authMethods: ['XOAUTH2'] } }, { ...oauth, token_url });
  try {
    return await channel.send(outgoing(), server.account);
  } finally {
    await server.close();
  }
}

function toldOf(receipt: Receipt): unknown {
  return receipt.outcome === 'refused' ? [receipt.error.class, receipt.error.code, receipt.retryable] : receipt;
}

async function startTokens(status: number, answer: object, asked: string[] = []): Promise<Server> {
  async function give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked.push(await text(request));
    response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' }).end(JSON.stringify(answer));
  }
  const server = createServer((request, response) => void give(request, response));
  await listenOn(server);
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
}
