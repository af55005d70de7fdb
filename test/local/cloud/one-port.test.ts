import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { manifests } from '@parley/core/channels/manifests.ts';
import { ask, testCloud } from '../../support/cloud.ts';
import type { Account, Organization } from '../../support/cloud.ts';
import { listen } from '../../support/live.ts';

const cloud = await testCloud();
const { access } = cloud;
const [nile, gulf] = access.organizations as [Organization, Organization];
const port = Number(new URL(access.url).port);

test('access.json says where everything is, and all that a client needs', () => {
  const written = JSON.parse(readFileSync(`${cloud.data}/access.json`, 'utf8')) as typeof access;
  assert.deepEqual(written, access);
  assert.deepEqual(Object.keys(written), ['url', 'realtime_url', 'mail', 'organizations']);
  assert.equal(written.url, `http://127.0.0.1:${port}`);
  assert.equal(written.realtime_url, `ws://127.0.0.1:${port}/realtime/v1/websocket`);
  assert.equal(written.organizations.length, 2);
  for (const organization of written.organizations) {
    assert.deepEqual(Object.keys(organization), ['id', 'name', 'api_key', 'agents', 'channel_accounts']);
    assert.match(organization.api_key, /^prl_/);
    assert.ok(organization.agents.length > 0);
    for (const agent of organization.agents) assert.deepEqual(Object.keys(agent), ['email', 'password']);
    const channels = organization.channel_accounts.map(({ channel }) => channel);
    assert.deepEqual([...new Set(channels)].toSorted(), manifests.map(({ name }) => name).toSorted());
    organization.channel_accounts.forEach(checkAccount);
  }
  const ids = written.organizations.flatMap(({ id, api_key, channel_accounts }) => [
    id,
    api_key,
    ...channel_accounts.map((account) => account.id),
  ]);
  assert.equal(new Set(ids).size, ids.length);
});

function checkAccount(account: Account): void {
  assert.match(account.id, /^acc_/);
  assert.ok(account.name && account.external_id && account.webhook_secret);
  assert.ok(account.webhook_url.startsWith(`${access.url}/functions/v1/${account.channel.replace('_', '-')}-webhook`));
  if (account.channel === 'whatsapp_cloud') {
    assert.equal(account.webhook_secret, account.app_secret);
    assert.ok(account.verify_token);
  }
  if (account.channel === 'telegram') assert.equal(account.webhook_secret, account.secret_token);
  if (account.channel === 'telegram' || account.channel === 'whatsapp_lite')
    assert.ok(account.webhook_url.endsWith(`/${account.id}`));
}

test('one port serves pages, config, API, sign-in, socket and pretend providers', async () => {
  for (const path of ['/', '/phone']) {
    const page = await fetch(access.url + path);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /^<!doctype html>/i);
  }
  const config = (await (await fetch(`${access.url}/config.json`)).json()) as Record<string, unknown>;
  assert.equal(config['realtime_url'], access.realtime_url);
  assert.deepEqual(
    config['demo'],
    [nile, gulf].flatMap(({ name, agents }) => agents.map((agent) => ({ organization: name, ...agent }))),
  );
  assert.equal((await ask(cloud, nile, '/rest/v1/messages')).status, 200);
  assert.equal((await ask(cloud, nile, '/functions/v1/telegram-send', {})).status, 400);
  assert.equal((await ask(cloud, undefined, '/auth/v1/token?grant_type=password', nile.agents[0])).status, 200);
  assert.equal((await fetch(`${access.url}/providers/telegram/accounts`)).status, 200);
  const { socket } = await listen(cloud, { apikey: nile.api_key });
  socket.close();
});

test('pages are looked up again each time, what they load is kept for good', async () => {
  const page = await fetch(access.url);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  const assets = [...(await page.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  assert.ok(assets.some((path) => path.endsWith('.js')) && assets.some((path) => path.endsWith('.css')));
  for (const path of assets) {
    const asset = await fetch(access.url + path);
    assert.equal(asset.status, 200);
    assert.match(asset.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    assert.match(asset.headers.get('content-type') ?? '', path.endsWith('.js') ? /javascript/ : /css/);
  }
  const head = await fetch(access.url, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.ok(Number(head.headers.get('content-length')) > 0);
  assert.equal((await fetch(`${access.url}/config.json`)).headers.get('cache-control'), 'no-store');
});

const nowhere = [
  '/nothing',
  '/assets/nothing.js',
  '/assets/',
  '/functions/v1/nothing',
  '/providers/nothing/x',
  '/../package.json',
  '/../../../../../../etc/passwd',
  '/assets/../../package.json',
  '/..%2fpackage.json',
  '/%2e%2e/%2e%2e/package.json',
  '/..%5c..%5cpackage.json',
  '/..\\..\\package.json',
  '/assets/%00.js',
  '//etc/passwd.json',
  '//',
  '///[',
  '*',
  'http://elsewhere/',
  '/%',
];
for (const path of nowhere) {
  test(`there is nothing at ${path}`, async () => {
    const { statusCode } = await rawRequest(path);
    assert.equal(statusCode, 404);
  });
}

test('a page is only read', async () => {
  assert.equal((await fetch(access.url, { method: 'POST' })).status, 404);
});

for (const path of ['/', '//', '*', '/realtime/v1', '/realtime/v1/websocket/more']) {
  test(`no socket opens at ${path}, and the product goes on`, async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 404 /);
    socket.destroy();
    assert.equal((await fetch(access.url)).status, 200);
  });
}

test('a client that goes away in the midst of an upgrade harms nobody', async () => {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /realtime/v1/websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
  socket.write('Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
  await once(socket, 'connect');
  socket.resetAndDestroy();
  assert.equal((await fetch(access.url)).status, 200);
});

test('nothing listens beyond this machine', { skip: process.platform !== 'linux' }, async () => {
  const listening = listeningAddresses();
  assert.ok(listening.length > 5);
  assert.deepEqual(
    listening.filter((address) => address !== '127.0.0.1'),
    [],
  );
  const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4'))
    await assert.rejects(fetch(`http://${address}:${port}/`));
});

/** Of this process's TCP sockets: state 0A is LISTEN, an IPv4 address stands in reversed hex. */
function listeningAddresses(): string[] {
  const own = new Set(readdirSync('/proc/self/fd').map((fd) => inodeOf(`/proc/self/fd/${fd}`)));
  const lines = ['tcp', 'tcp6'].flatMap((kind) => readFileSync(`/proc/self/net/${kind}`, 'utf8').split('\n').slice(1));
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && own.has(inode) ? [textOf(local.split(':')[0] ?? '')] : [];
  });
}

function inodeOf(file: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(file))?.[1];
  } catch {
    return undefined;
  }
}

function textOf(hex: string): string {
  return hex.length === 8 ? [...Buffer.from(hex, 'hex')].toReversed().join('.') : hex;
}

/** The path goes out as it is; `fetch` would tidy it up. */
async function rawRequest(path: string): Promise<IncomingMessage> {
  const outgoing = request({ host: '127.0.0.1', port, path, agent: false }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}
