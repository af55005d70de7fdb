import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { NotifyAccount } from '../../../local/src/providers/account.ts';
import type { Call } from '../../../local/src/providers/http.ts';
import { openState } from '../../../local/src/providers/state.ts';
import { createWhatsappLite } from '../../../local/src/providers/whatsapp_lite/index.ts';
import { at, startRig, until, type Rig } from './rig.ts';

const patient = [0, 60_000];

test('a webhook that nobody took is sent by the next start, with today’s address', async (t) => {
  const dataFile = newDataFile(t);
  const first = await startRig({ dataFile, schedule: patient });
  first.answers.push(503);
  const { body } = await write(first, 'Hello');
  assert.equal(at(body, 'webhook_status'), 503);
  assert.equal(at(body, 'status'), 'sent');
  await first.close();

  const second = await started(t, dataFile);
  const [hook] = await second.webhooks(1);
  assert.equal(hook?.raw, first.received[0]?.raw);
  await until(async () => at((await thread(second)).body, '0.status') === 'delivered');
  await second.close();
  assert.deepEqual((await resumed(t, dataFile)).received, []);
});

test('what was given up is not sent again', async (t) => {
  const dataFile = newDataFile(t);
  const first = await startRig({ dataFile, schedule: [0, 0] });
  first.answers.push(503, 503);
  await write(first, 'Hello');
  await until(async () => at((await first.call('GET', '/telegram/webhooks')).body, '0.state') === 'gave_up');
  await first.close();
  assert.deepEqual((await resumed(t, dataFile)).received, []);
});

test('a phone that had not reported a message reports it', async (t) => {
  const dataFile = newDataFile(t);
  const first = await startRig({ dataFile });
  await first.call('POST', '/whatsapp_lite/faults', { hold_receipts: true });
  const headers = { 'x-api-key': first.gateway.api_key };
  const message = { session: first.gateway.session, chatId: '201000000001@c.us', text: 'Hi' };
  assert.equal((await first.call('POST', '/whatsapp_lite/api/sendText', message, headers)).status, 201);
  await first.webhooks(1);
  await first.close();

  const second = await started(t, dataFile);
  const [ack] = await second.webhooks(1);
  assert.equal(at(ack?.body, 'event'), 'message.ack');
  assert.equal(at(ack?.body, 'payload.ackName'), 'DEVICE');
});

test('what got on a phone is told of, also when the process ended before it had answered', async (t) => {
  const dataFile = newDataFile(t);
  const first = await startRig({ dataFile });
  const { notify } = first;
  await first.close();
  const state = openState(dataFile);
  const lite = createWhatsappLite({ state, deliver: neverCalled, now: Date.now, schedule: patient });
  lite.world.accounts.set(notify.external_id, notify);
  const { answer } = await lite.call(sendingOf(notify, '201000000001', 'Half done'), undefined);
  assert.equal(answer.status, 200, String(answer.body));
  state.close();

  const second = await started(t, dataFile);
  const told = (await second.webhooks(2)).map(({ body }) => body);
  const echo = told.find((body) => at(body, 'event') === 'message.any');
  const ack = told.find((body) => at(body, 'event') === 'message.ack');
  assert.deepEqual([at(echo, 'payload.body'), at(ack, 'payload.ackName')], ['Half done', 'DEVICE']);
});

test('files are there after a restart', async (t) => {
  const dataFile = newDataFile(t);
  const first = await startRig({ dataFile });
  const path = '/telegram/phones/mona/messages';
  const { body } = await first.call('POST', path, { account: first.bot.external_id, body: { type: 'image' } });
  const url = new URL(String(at(body, 'body.url')));
  await first.close();
  const second = await started(t, dataFile);
  const file = await fetch(new URL(url.pathname, second.url));
  assert.equal(file.status, 200);
  assert.equal(file.headers.get('content-type'), 'image/png');
  assert.ok((await file.arrayBuffer()).byteLength > 50);
});

function sendingOf(account: NotifyAccount, to: string, message: string): Call {
  return {
    method: 'POST',
    path: `/${account.suit_id}/send`,
    query: new URLSearchParams(),
    headers: { appapikey: account.api_key },
    body: Buffer.from(JSON.stringify({ UOWHATSAPP: { message, receivers: [{ mobileNum: to }] } })),
    base: 'http://127.0.0.1',
  };
}

function neverCalled(): never {
  assert.fail('nothing goes out before the answer');
}

function newDataFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'providers-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'providers.sqlite');
}

async function started(t: TestContext, dataFile: string): Promise<Rig> {
  const rig = await startRig({ dataFile });
  t.after(() => rig.close());
  rig.providers.resume();
  return rig;
}

/** Started again, and given the time to send what it would send. */
async function resumed(t: TestContext, dataFile: string): Promise<Rig> {
  const rig = await started(t, dataFile);
  await write(rig, 'Last').then(() => rig.webhooks(1));
  rig.received.splice(
    rig.received.findIndex(({ raw }) => raw.includes('Last')),
    1,
  );
  return rig;
}

function write(rig: Rig, text: string) {
  return rig.call('POST', '/telegram/phones/mona/messages', { account: rig.bot.external_id, text });
}

function thread(rig: Rig) {
  return rig.call('GET', `/telegram/phones/mona/messages?account=${rig.bot.external_id}`);
}
