import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { at, startRig, until, type Answered, type Rig } from './rig.ts';

async function started(t: TestContext, options: Parameters<typeof startRig>[0] = {}): Promise<Rig> {
  const rig = await startRig(options);
  t.after(() => rig.close());
  return rig;
}

function sendText(rig: Rig, text: string): Promise<Answered> {
  return rig.call('POST', `/telegram/bot${rig.bot.token}/sendMessage`, { chat_id: 700000001, text });
}

function write(rig: Rig, text: string, provider = 'telegram', account = rig.bot.external_id): Promise<Answered> {
  return rig.call('POST', `/${provider}/phones/mona/messages`, { account, text });
}

function cloudSend(rig: Rig, text: string): Promise<Answered> {
  const path = `/whatsapp_cloud/v26.0/${rig.cloud.phone_number_id}/messages`;
  const message = { messaging_product: 'whatsapp', to: '+201000000001', type: 'text', text: { body: text } };
  return rig.call('POST', path, message, { authorization: `Bearer ${rig.cloud.access_token}` });
}

function statusOf({ body }: { body: unknown }): unknown {
  return at(body, 'entry.0.changes.0.value.statuses.0.status');
}

test('accounts and the two phones of every provider are listed', async (t) => {
  const rig = await started(t);
  const listed = ((await rig.call('GET', '/')).body as unknown[]).map((provider) => at(provider, 'name'));
  for (const name of ['whatsapp_cloud', 'telegram', 'whatsapp_lite', 'messenger', 'instagram']) {
    assert.ok(listed.includes(name), name);
    const phones = (await rig.call('GET', `/${name}/phones`)).body as unknown[];
    assert.deepEqual(
      phones.map((phone) => at(phone, 'name')),
      ['Mona Hassan', 'عمر علي'],
    );
    assert.deepEqual(Object.keys(phones[0] as object), ['id', 'name', 'address', 'open']);
  }
  assert.deepEqual((await rig.call('GET', '/telegram/accounts')).body, [
    { external_id: '123456789', name: 'Nile bot', organization: 'org_1' },
  ]);
});

test('what does not exist or is not understood is refused with words', async (t) => {
  const rig = await started(t);
  const status = async (method: string, path: string, body?: unknown): Promise<number> =>
    (await rig.call(method, path, body)).status;
  assert.equal(await status('GET', '/fax/phones'), 404);
  assert.equal(await status('GET', '/telegram/phones/nobody/messages?account=123456789'), 404);
  assert.equal(await status('GET', '/telegram/phones/mona/messages?account=1'), 404);
  assert.equal(await status('POST', '/telegram/phones/mona/messages', { account: '123456789' }), 400);
  assert.equal(
    await status('POST', '/telegram/phones/mona/messages', { account: '123456789', body: { type: 'fax' } }),
    400,
  );
  assert.equal(
    await status('POST', '/telegram/phones/mona/messages', {
      account: '123456789',
      body: { type: 'image', url: 'http://127.0.0.1:1/' },
    }),
    400,
  );
  assert.equal(await status('POST', '/telegram/phones', { name: 'Twin', address: '700000001' }), 409);
  assert.equal(await status('POST', '/telegram/faults', { sometimes: true }), 400);
  assert.equal(await status('PUT', '/telegram/phones/mona/open', { account: 'nobody' }), 404);
  assert.equal(await status('PATCH', '/telegram/requests'), 405);
});

test('requests are logged with credentials redacted, and cleared', async (t) => {
  const rig = await started(t);
  await sendText(rig, 'hi');
  await write(rig, 'hello', 'whatsapp_cloud', rig.cloud.external_id);
  await cloudSend(rig, 'hi');
  const [telegram] = (await rig.call('GET', '/telegram/requests')).body as unknown[];
  assert.equal(at(telegram, 'path'), '/bot123456789:…eBot/sendMessage'.replace('eBot', rig.bot.token.slice(-4)));
  assert.deepEqual(at(telegram, 'body'), { chat_id: 700000001, text: 'hi' });
  assert.equal(at(telegram, 'response.ok'), true);
  const [cloud] = (await rig.call('GET', '/whatsapp_cloud/requests')).body as unknown[];
  assert.equal(at(cloud, 'headers.authorization'), '…oken');
  assert.equal((await rig.call('DELETE', '/telegram/requests')).status, 204);
  assert.deepEqual((await rig.call('GET', '/telegram/requests')).body, []);
});

test('a fault refuses as often as told, in the words of the provider or its own', async (t) => {
  const rig = await started(t);
  await rig.call('POST', '/telegram/faults', { times: 2, status: 429, headers: { 'Retry-After': '7' } });
  for (const _time of [1, 2]) {
    const answer = await sendText(rig, 'hi');
    assert.deepEqual(
      [answer.status, answer.headers.get('retry-after'), at(answer.body, 'parameters.retry_after')],
      [429, '7', 7],
    );
  }
  assert.equal((await sendText(rig, 'hi')).status, 200);
  await rig.call('POST', '/telegram/faults', { status: 503, body: 'down', path: 'sendMessage' });
  assert.equal((await rig.call('GET', `/telegram/bot${rig.bot.token}/getMe`)).status, 200);
  assert.deepEqual((await sendText(rig, 'hi')).body, 'down');
  await rig.call('POST', '/whatsapp_cloud/faults', { code: 131056 });
  const pair = await cloudSend(rig, 'hi');
  assert.deepEqual([pair.status, at(pair.body, 'error.code')], [400, 131056]);
  await rig.call('POST', '/whatsapp_cloud/faults', { status: 401 });
  assert.equal(at((await cloudSend(rig, 'hi')).body, 'error.code'), 190);
  await rig.call('POST', '/telegram/faults', { retry_after: 3 });
  assert.deepEqual((await rig.call('GET', '/telegram/faults')).body, [{ times: 1, retry_after: 3 }]);
  assert.equal((await rig.call('DELETE', '/telegram/faults')).status, 204);
  assert.equal((await sendText(rig, 'hi')).status, 200);
});

test('an answer is lost after the message was taken: statuses still come', async (t) => {
  const rig = await started(t);
  await write(rig, 'hello', 'whatsapp_cloud', rig.cloud.external_id);
  rig.received.length = 0;
  await rig.call('POST', '/whatsapp_cloud/faults', { lose_answer: true });
  await assert.rejects(cloudSend(rig, 'hi'));
  assert.deepEqual((await rig.webhooks(2)).map(statusOf), ['sent', 'delivered']);
  const [request] = (await rig.call('GET', '/whatsapp_cloud/requests')).body as unknown[];
  assert.deepEqual([at(request, 'lost'), at(request, 'status')], [true, 200]);
});

test('a late answer comes after the statuses', async (t) => {
  const rig = await started(t);
  await write(rig, 'hello', 'whatsapp_cloud', rig.cloud.external_id);
  rig.received.length = 0;
  await rig.call('POST', '/whatsapp_cloud/faults', { delay_ms: 150 });
  const begun = Date.now();
  const answer = cloudSend(rig, 'hi');
  await rig.webhooks(2);
  assert.equal((await answer).status, 200);
  assert.ok(Date.now() - begun >= 150);
});

test('answers that are late come when they are let go, and when the faults are cleared', async (t) => {
  const rig = await started(t);
  await write(rig, 'hello', 'whatsapp_cloud', rig.cloud.external_id);
  const letGo = [
    () => rig.call('POST', '/whatsapp_cloud/faults', { delay_ms: 0 }),
    () => rig.call('DELETE', '/whatsapp_cloud/faults'),
  ];
  for (const go of letGo) {
    rig.received.length = 0;
    await rig.call('POST', '/whatsapp_cloud/faults', { delay_ms: 3_600_000 });
    const answer = cloudSend(rig, 'hi');
    await rig.webhooks(2);
    await go();
    assert.equal((await answer).status, 200);
  }
});

test('webhooks can be sent twice, in reverse, or be held until cleared', async (t) => {
  const rig = await started(t);
  const texts = (): unknown[] => rig.received.map(({ body }) => at(body, 'message.text'));
  await rig.call('POST', '/telegram/faults', { duplicate_webhooks: 2 });
  await write(rig, 'twin');
  await rig.webhooks(3);
  assert.equal(new Set(rig.received.map(({ raw }) => raw)).size, 1);
  rig.received.length = 0;
  await rig.call('POST', '/telegram/faults', { times: 3, reorder_webhooks: true });
  for (const text of ['a', 'b', 'c']) assert.equal(at((await write(rig, text)).body, 'webhook_status'), null);
  await rig.webhooks(3);
  assert.deepEqual(texts(), ['c', 'b', 'a']);
  rig.received.length = 0;
  await rig.call('POST', '/telegram/faults', { times: 5, reorder_webhooks: true });
  await write(rig, 'd');
  assert.deepEqual(texts(), []);
  await rig.call('DELETE', '/telegram/faults');
  await rig.webhooks(1);
});

test('phones keep their receipts while told to, and then report in order', async (t) => {
  const rig = await started(t);
  await write(rig, 'hello', 'whatsapp_cloud', rig.cloud.external_id);
  rig.received.length = 0;
  await rig.call('POST', '/whatsapp_cloud/faults', { hold_receipts: true });
  await cloudSend(rig, 'hi');
  await rig.call('PUT', '/whatsapp_cloud/phones/mona/open', { account: rig.cloud.external_id });
  assert.equal(rig.received.length, 0);
  await rig.call('DELETE', '/whatsapp_cloud/faults');
  assert.deepEqual((await rig.webhooks(3)).map(statusOf), ['sent', 'delivered', 'read']);
});

test('a webhook is retried until taken, and every attempt is kept', async (t) => {
  const rig = await started(t);
  rig.answers.push(503, 500);
  const answer = await write(rig, 'hello', 'whatsapp_cloud', rig.cloud.external_id);
  assert.equal(at(answer.body, 'webhook_status'), 503);
  await rig.webhooks(3);
  await until(async () => at((await rig.call('GET', '/whatsapp_cloud/webhooks')).body, '0.state') === 'delivered');
  const { body } = await rig.call('GET', '/whatsapp_cloud/webhooks');
  assert.deepEqual(
    (at(body, '0.attempts') as unknown[]).map((attempt) => at(attempt, 'status')),
    [503, 500, 200],
  );
  const thread = await rig.call('GET', `/whatsapp_cloud/phones/mona/messages?account=${rig.cloud.external_id}`);
  assert.equal(at(thread.body, '0.status'), 'delivered');
});

test('a webhook nobody takes is given up after the last attempt', async (t) => {
  const rig = await started(t, { schedule: [0, 1] });
  rig.providers.register({ ...rig.bot, webhook_url: 'http://127.0.0.1:1/' });
  assert.equal(at((await write(rig, 'hello')).body, 'webhook_status'), null);
  await until(async () => at((await rig.call('GET', '/telegram/webhooks')).body, '0.state') === 'gave_up');
});

test('events tell of messages, statuses and opened threads as they happen', async (t) => {
  const rig = await started(t);
  const stop = new AbortController();
  const response = await fetch(`${rig.url}/telegram/events`, { signal: stop.signal });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  await write(rig, 'hello');
  await sendText(rig, 'hi');
  await rig.call('PUT', '/telegram/phones/mona/open', { account: rig.bot.external_id });
  await until(() => text.includes('"read"'));
  stop.abort();
  await reading;
  const events = text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as unknown);
  assert.deepEqual(new Set(events.map((event) => at(event, 'type'))), new Set(['message', 'status', 'open']));
  assert.equal(
    events.every((event) => at(event, 'phone') === 'mona'),
    true,
  );
  assert.equal(text.includes('note'), false);
});

test('phones, threads and running numbers survive a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'providers-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const dataFile = join(folder, 'deep', 'phones.json');
  const first = await startRig({ dataFile });
  await first.call('POST', '/telegram/phones', { name: 'Sara', address: '700000003' });
  await write(first, 'before');
  const update = at(first.received[0]?.body, 'update_id');
  await first.close();
  const second = await started(t, { dataFile });
  assert.equal(((await second.call('GET', '/telegram/phones')).body as unknown[]).length, 3);
  const thread = await second.call('GET', `/telegram/phones/mona/messages?account=${second.bot.external_id}`);
  assert.equal(at(thread.body, '0.text'), 'before');
  await write(second, 'after');
  assert.equal(Number(at(second.received[0]?.body, 'update_id')), Number(update) + 1);
  assert.equal(at(second.received[0]?.body, 'message.message_id'), 2);
});

test('links in webhooks use the address the product knows, links on a phone the one its reader asked', async (t) => {
  const rig = await started(t, { publicUrl: () => 'http://127.0.0.1:4000/providers' });
  const account = rig.gateway.external_id;
  await rig.call('POST', '/whatsapp_lite/phones/mona/messages', { account, body: { type: 'image' } });
  assert.match(
    String(at(rig.received[0]?.body, 'payload.media.url')),
    /^http:\/\/127\.0\.0\.1:4000\/providers\/whatsapp_lite\/api\/files\/default\/\d+\.png$/,
  );
  const { body } = await rig.call('GET', `/whatsapp_lite/phones/mona/messages?account=${encodeURIComponent(account)}`);
  const shown = await fetch(String(at(body, '0.body.url')));
  assert.deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/png']);
  assert.equal(new URL(shown.url).origin, new URL(rig.url).origin);
});
