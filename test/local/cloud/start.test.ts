import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, ask, eventually, someRows } from '../../support/cloud.ts';
import type { Organization } from '../../support/cloud.ts';
import { liteInbound, post } from '../../support/webhooks.ts';
import { freePort, gone, run, startProduct, temporaryFolder, type Product } from './product-process.ts';

suite('options', () => {
  test('--help says what there is', async () => {
    const { code, output } = await run(['--help']).ended;
    assert.equal(code, 0);
    for (const option of ['--port', '--data', '--providers', '--fresh', '--no-open'])
      assert.match(output, new RegExp(option));
  });

  const wrong = [
    ['--port', 'x'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--data', ''],
    ['--providers', 'none'],
    ['--frehs'],
    ['start'],
  ];
  for (const args of wrong) {
    test(`'${args.join(' ')}' is refused before anything is done`, async () => {
      const data = join(temporaryFolder(), 'data');
      const { code, output } = await run(['--data', data, ...args]).ended;
      assert.equal(code, 2);
      assert.match(output, /--port N/);
      assert.doesNotMatch(output, /\n {4}at /);
      assert.equal(existsSync(data), false);
    });
  }

  test('a taken port is named, and ends the start', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    const { code, output } = await run(['--data', temporaryFolder(), '--port', String(port), '--no-open']).ended;
    server.close();
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${port} is taken`));
    assert.doesNotMatch(output, /\n {4}at /);
  });

  test('--fresh empties no folder of something else', async () => {
    const data = temporaryFolder();
    mkdirSync(join(data, 'letters'));
    writeFileSync(join(data, 'letters/dear.txt'), 'Dear');
    const { code, output } = await run(['--data', data, '--port', '0', '--no-open', '--fresh']).ended;
    assert.equal(code, 1);
    assert.match(output, /--fresh/);
    assert.equal(readFileSync(join(data, 'letters/dear.txt'), 'utf8'), 'Dear');
  });
});

test('requests that arrive before everything is ready wait, and access.json comes when it is', async () => {
  const data = temporaryFolder();
  writeFileSync(join(data, 'access.json'), 'of an earlier start that was killed');
  const port = await freePort();
  // it is not ready before its providers know its accounts
  const providers = await slowProviders();
  const running = run(['--data', data, '--port', String(port), '--no-open', '--providers', providers.url]);
  await eventually('its providers are told', () => providers.isAsked());
  let answer: Response | undefined;
  const waiting = fetch(`http://127.0.0.1:${port}/config.json`).then((response) => (answer = response));
  await delay(200);
  assert.deepEqual([answer, existsSync(join(data, 'access.json'))], [undefined, false]);
  providers.answer();
  assert.equal((await waiting).status, 200);
  await eventually('access.json', () => existsSync(join(data, 'access.json')));
  running.signal('SIGINT');
  assert.equal((await running.ended).code, 0);
});

/** Pretend providers that answer nothing before they are told to. */
async function slowProviders() {
  const told = Promise.withResolvers<void>();
  let isAsked = false;
  const server = createHttpServer((_, response) => {
    isAsked = true;
    void told.promise.then(() => response.end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/providers`;
  return { url, isAsked: () => isAsked, answer: () => told.resolve() };
}

test('Ctrl-C while it starts ends it, with everything it began', async () => {
  const running = run(['--data', temporaryFolder(), '--port', '0', '--no-open']);
  await delay(150);
  running.signal('SIGINT');
  const { code } = await running.ended;
  assert.ok(code === 0 || code === null);
  await gone(running);
});

test('one folder, from start to start', async (t) => {
  const data = join(temporaryFolder(), 'a', 'folder');
  const first = await startProduct(data);
  const nile = organizationOf(first);
  const session = await signIn(first, nile);

  await t.test('the folder is one process’s', async () => {
    const second = await run(['--data', data, '--port', '0', '--no-open', '--fresh']).ended;
    assert.equal(second.code, 1);
    assert.match(second.output, /Another Parley/);
    assert.ok(existsSync(join(data, 'access.json')));
  });

  await t.test('Ctrl-C, told twice as by npm, stops cleanly', async () => {
    const webhook = liteInbound(accountOf(nile, 'whatsapp_lite'), '+201557000001', 'Before the stop');
    assert.equal((await post(webhook)).status, 200);
    first.signal('SIGINT');
    first.signal('SIGINT');
    const { code, output } = await first.ended;
    assert.equal(code, 0, output);
    await gone(first);
    assert.equal(existsSync(join(data, 'access.json')), false);
    await assert.rejects(fetch(first.access.url));
  });

  await t.test('keys, secrets, messages and sessions are there again', async () => {
    const second = await startProduct(data);
    assert.deepEqual(withoutPlace(second), withoutPlace(first));
    // a message is found through its conversation, which the stop may have left to be written after the start
    const [found] = await someRows(second, nile, 'messages?message=eq.Before%20the%20stop');
    assert.equal(found['message'], 'Before the stop');
    assert.equal((await userOf(second, session.access_token)).status, 200);
    assert.equal((await refresh(second, session.refresh_token)).status, 200);
    assert.equal((await second.stop()).code, 0);
  });

  await t.test('--fresh begins with nothing', async () => {
    const third = await startProduct(data, ['--fresh']);
    const before = JSON.stringify(withoutPlace(first));
    for (const organization of third.access.organizations) {
      assert.ok(!before.includes(organization.id) && !before.includes(organization.api_key));
      for (const { id, webhook_secret } of organization.channel_accounts)
        assert.ok(!before.includes(id) && !before.includes(webhook_secret));
    }
    assert.equal((await ask(third, nile, '/rest/v1/messages')).status, 401);
    assert.deepEqual((await ask(third, organizationOf(third), '/rest/v1/messages')).body, []);
    assert.equal((await refresh(third, session.refresh_token)).status, 400);
    assert.equal((await third.stop()).code, 0);
  });
});

function organizationOf({ access }: Product): Organization {
  return access.organizations[0] as Organization;
}

/** What does not depend on the port. */
function withoutPlace({ access }: Product): unknown {
  return JSON.parse(JSON.stringify(access.organizations).replaceAll(access.url, 'http://parley'));
}

interface Session {
  access_token: string;
  refresh_token: string;
}

async function signIn({ access }: Product, { agents: [agent] }: Organization): Promise<Session> {
  const response = await token(access.url, 'password', agent);
  assert.equal(response.status, 200);
  return (await response.json()) as Session;
}

function refresh({ access }: Product, refresh_token: string): Promise<Response> {
  return token(access.url, 'refresh_token', { refresh_token });
}

function token(url: string, grant: string, body: unknown): Promise<Response> {
  return fetch(`${url}/auth/v1/token?grant_type=${grant}`, { method: 'POST', body: JSON.stringify(body) });
}

function userOf({ access }: Product, accessToken: string): Promise<Response> {
  return fetch(`${access.url}/auth/v1/user`, { headers: { Authorization: `Bearer ${accessToken}` } });
}
