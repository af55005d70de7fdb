import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { customer, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { freshId } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const bot = accountOf(nile, 'telegram');

const keepsAnswer = (input: unknown) => JSON.stringify(input).includes('packed');
const storesBrokeDown = (input: unknown) => JSON.stringify(input).includes('Broke down');

suite('F10: a send that its caller repeats', () => {
  after(() => cloud.close());

  test('ten at once under one key: one message, ten equal answers', async () => {
    const phone = await customer(cloud, bot, '751000001');
    const key = freshId();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => sendUnder(key, { to: phone.address, message: 'Once' })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      Array.from({ length: 10 }, () => 200),
    );
    assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1);
    await cloud.drain();
    const shown = await thread(cloud, bot, phone);
    assert.equal(shown.filter(({ text }) => text === 'Once').length, 1);
    const again = await sendUnder(key, { to: phone.address, message: 'Once' });
    assert.deepEqual(again.body, answers[0]?.body, 'the answer is kept');
  });

  test('the same key for another request is a 422, and nothing is sent', async () => {
    const phone = await customer(cloud, bot, '751000002');
    const key = freshId();
    await sendUnder(key, { to: phone.address, message: 'First' });
    const other = await sendUnder(key, { to: phone.address, message: 'Second' });
    assert.equal(other.status, 422);
    assert.equal(other.body['code'], 'idempotency_key_reused');
    await cloud.drain();
    const sent = (await thread(cloud, bot, phone)).filter(({ from }) => from === 'business');
    assert.deepEqual(
      sent.map(({ text }) => text),
      ['First'],
    );
  });

  test('the same request is the same however its keys are ordered, also those within', async () => {
    const key = freshId();
    const to = '751000005';
    const message = { message: 'Choose', interactive: { kind: 'buttons', buttons: [{ id: 'a', title: 'A' }] } };
    const first = await sendUnder(key, { to, ...message });
    const turned = { interactive: { buttons: [{ title: 'A', id: 'a' }], kind: 'buttons' }, message: 'Choose', to };
    assert.deepEqual([first.status, (await sendUnder(key, turned)).body], [200, first.body]);
    const other = { ...turned, interactive: { buttons: [{ title: 'B', id: 'a' }], kind: 'buttons' } };
    assert.equal((await sendUnder(key, other)).body['code'], 'idempotency_key_reused');
  });

  test('a scheduled one is answered as it was, also when its time has come', async () => {
    const phone = await customer(cloud, bot, '751000006');
    const { key, body, first } = await askedInTime({ to: phone.address });
    await arrived(phone, body.message);
    assert.deepEqual([first.status, await sendUnder(key, body)], [200, first]);
  });

  for (const [name, address, more] of [
    ['message', '751000007', {}],
    ['series', '751000008', { recurrence: 'FREQ=DAILY;COUNT=1', timezone: 'UTC' }],
  ] as const)
    test(`a scheduled ${name} whose answer was lost is not refused for its time when it is repeated after it`, async () => {
      const phone = await customer(cloud, bot, address);
      cloud.dynamoDb.faults.add({ match: keepsAnswer, error: 'InternalServerError', times: 1000 });
      const { key, body, first } = await askedInTime({ to: phone.address, ...more });
      assert.equal(first.status, 500);
      cloud.dynamoDb.faults.clear();
      await arrived(phone, body.message);
      const again = await sendUnder(key, body);
      assert.equal(again.status, 200, JSON.stringify(again.body));
      assert.deepEqual((await sendUnder(key, body)).body, again.body);
      await cloud.drain();
      assert.equal((await thread(cloud, bot, phone)).filter(({ text }) => text === body.message).length, 1);
    });

  test('a key belongs to its organization', async () => {
    const key = freshId();
    const mine = await sendUnder(key, { to: '751000003', message: 'Ours' });
    const theirs = await sendUnder(key, { to: '751000003', message: 'Ours' }, gulf);
    assert.equal(theirs.status, 200);
    assert.notEqual((theirs.body['message'] as Row).id, (mine.body['message'] as Row).id);
  });

  test('a refusal is repeated too', async () => {
    const key = freshId();
    const first = await sendUnder(key, { to: 'nobody at all', message: 'x' });
    const second = await sendUnder(key, { to: 'nobody at all', message: 'x' });
    assert.equal(first.status, 422);
    assert.deepEqual(second.body, first.body);
  });

  test('one that broke down is done when it is repeated, and not waited for', async () => {
    const phone = await customer(cloud, bot, '751000004');
    const key = freshId();
    cloud.dynamoDb.faults.add({ match: storesBrokeDown, error: 'InternalServerError', times: 1000 });
    assert.equal((await sendUnder(key, { to: phone.address, message: 'Broke down' })).status, 500);
    cloud.dynamoDb.faults.clear();
    assert.equal((await sendUnder(key, { to: phone.address, message: 'Broke down' })).status, 200);
    await cloud.drain();
    const shown = await thread(cloud, bot, phone);
    assert.equal(shown.filter(({ text }) => text === 'Broke down').length, 1);
  });

  test('several recipients under one key: each gets one message, however often it is asked', async () => {
    const key = freshId();
    const to = ['751000010', '751000011', '751000012', 'nobody at all'];
    const [first, second] = await Promise.all([1, 2].map(() => sendUnder(key, { to, message: 'To each' })));
    assert.deepEqual(first?.body, second?.body);
    const results = first?.body['results'] as (Row & { success: boolean; code?: string })[];
    assert.deepEqual(
      results.map(({ success }) => success),
      [true, true, true, false],
    );
    assert.equal(results[3]?.code, 'invalid_recipient');
    assert.equal(first?.body['success'], false);
    await cloud.drain();
    const sent = await rows(cloud, nile, 'messages?channel=telegram&direction=OUTBOUND&limit=100');
    assert.equal(sent.filter(({ message }) => message === 'To each').length, 3);
  });
});

interface Asked {
  key: string;
  body: { message: string };
  first: Answer;
}

/** A send for a time that is near enough to be waited for, and that this machine was done asking before, however slow it is. */
async function askedInTime(more: object, ahead = 1_500): Promise<Asked> {
  const key = freshId();
  const body = { ...more, message: `On time ${key}`, scheduled_at: new Date(Date.now() + ahead).toISOString() };
  const first = await sendUnder(key, body);
  return Date.now() < Date.parse(body.scheduled_at) ? { key, body, first } : askedInTime(more, ahead * 2);
}

async function arrived(phone: Phone, words: string): Promise<void> {
  await eventually(`${words} arrives`, async () =>
    (await thread(cloud, bot, phone)).some(({ text }) => text === words),
  );
}

function sendUnder(key: string, body: object, organization = nile): Promise<Answer> {
  return ask(cloud, organization, '/functions/v1/telegram-send', body, { headers: { 'Idempotency-Key': key } });
}
