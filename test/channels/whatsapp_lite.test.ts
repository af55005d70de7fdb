import assert from 'node:assert/strict';
import test from 'node:test';
import type { Element, InboundEvent, Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/whatsapp_lite/index.ts';
import type { Credentials } from '@parley/core/channels/whatsapp_lite/credentials.ts';
import { normalise } from '@parley/core/channels/whatsapp_lite/normalise.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf, link, REFERENCE } from './cases/cases.ts';
import { cases } from './cases/whatsapp_lite/index.ts';
import { withProvider, type Reply } from './provider.ts';

const gateway = { kind: 'gateway', session: 'store', api_key: 'key-2', webhook_secret: 'w' } as const;

function receiptOf(
  reply: Reply,
  credentials: unknown = cases.credentials,
  body: Body = { type: 'text', text: 'a' },
): Promise<Receipt> {
  return withProvider(reply, ({ url }) => {
    const account = accountOf({ ...cases, credentials }, url) as ConnectedAccount<Credentials>;
    return channel.send({ reference: REFERENCE, to: cases.to, body }, account);
  });
}

/** Only Evolution's events are read later. */
function elementsOf(payload: unknown): Element[] {
  const elements = normalise(payload);
  assert.ok(Array.isArray(elements));
  return elements;
}

function eventOf(payload: unknown): InboundEvent {
  const [element] = elementsOf(payload);
  assert.ok(element?.ok);
  return element.event;
}

test("Notify's 500 may be a wrong key or a message sent: unknown, and never tried again", async () => {
  const receipt = await receiptOf({
    status: 500,
    json: { exception: 'x', message: 'something went wrong', status: 'Failed' },
  });
  assert.equal(receipt.outcome, 'unknown');
  assert.match(receipt.detail, /500.*API key/);
});

test('Notify may fail in a 200', async () => {
  const receipt = await receiptOf({ status: 200, json: { status: 'Failed', message: 'no' } });
  assert.equal(receipt.outcome, 'refused');
  assert.equal(receipt.retryable, false);
});

test('an answer without an id is a success too', async () => {
  for (const reply of [
    { status: 200, json: { status: 'success' } },
    { status: 200, text: 'OK' },
    { status: 201, json: {} },
  ]) {
    assert.deepEqual(await receiptOf(reply), { outcome: 'accepted' });
  }
});

test('the id is found in every known form of an answer', async () => {
  const whole = 'true_201000000001@c.us_3EB0SENT';
  const answers = [
    { messageId: whole },
    { id: '3EB0SENT' },
    { id: { fromMe: true, _serialized: whole } },
    { key: { id: '3EB0SENT' } },
  ];
  for (const json of answers) {
    assert.deepEqual(await receiptOf({ status: 201, json }, gateway), {
      outcome: 'accepted',
      providerMessageId: '3EB0SENT',
    });
  }
});

/** [HTTP status, answer, class, retryable, permanent] */
const refusals: [number, unknown, string, boolean, boolean][] = [
  [400, {}, 'invalid', false, true],
  [401, { status: 'failed' }, 'auth', false, false],
  [403, {}, 'auth', false, false],
  [404, {}, 'auth', false, false],
  [413, {}, 'media_problem', false, true],
  [422, { statusCode: 422, status: 'SCAN_QR_CODE', expected: ['WORKING'] }, 'auth', false, false],
  [422, { statusCode: 422, message: 'bad chatId' }, 'invalid', false, true],
  [429, {}, 'rate_limited', true, false],
];

for (const [status, json, kind, retryable, permanent] of refusals) {
  test(`${status} ${JSON.stringify(json)} is ${kind}`, async () => {
    const receipt = await receiptOf({ status, json }, gateway);
    assert.equal(receipt.outcome, 'refused');
    assert.deepEqual([receipt.error.class, receipt.retryable, receipt.error.permanent], [kind, retryable, permanent]);
  });
}

test('Notify can send neither video nor audio, and says so before any call', async () => {
  for (const type of ['video', 'audio'] as const) {
    const receipt = await receiptOf(cases.taken.answer, cases.credentials, {
      type,
      media: link('https://files.example.com/f'),
    });
    assert.equal(receipt.outcome === 'refused' && receipt.error.code, 'not_sendable');
  }
});

test('one message has one id: in the answer, in the echo and in its receipts', async () => {
  const id = 'true_201000000001@c.us_3EB0ONE';
  const sent = await receiptOf({ status: 201, json: { id } }, gateway);
  const me = { id: '201555500022@c.us' };
  const own = { id, from: me.id, to: '201000000001@c.us', fromMe: true };
  const echo = eventOf({
    event: 'message.any',
    session: 's',
    me,
    payload: { ...own, body: 'a', timestamp: 1763800000 },
  });
  const ack = eventOf({ event: 'message.ack', session: 's', me, payload: { ...own, ack: 2, ackName: 'DEVICE' } });
  assert.ok(sent.outcome === 'accepted' && echo.kind === 'message' && ack.kind === 'status');
  assert.deepEqual(
    [sent.providerMessageId, echo.providerMessageId, ack.providerMessageId],
    ['3EB0ONE', '3EB0ONE', '3EB0ONE'],
  );
});

test('a message is the same from both of WAHA’s events', () => {
  const payload = {
    id: 'false_201000000001@c.us_3EB0X',
    from: '201000000001@c.us',
    to: '201555500022@c.us',
    fromMe: false,
    body: 'a',
    timestamp: 1763800000,
  };
  assert.deepEqual(
    eventOf({ event: 'message', session: 's', payload }),
    eventOf({ event: 'message.any', session: 's', payload }),
  );
});

test('WAHA’s numbers count when there is no name, and an unknown level is set aside', () => {
  const statuses = [-1, 1, 2, 3, 4].map((ack) => {
    const event = eventOf({ id: 'true_1@c.us_A', fromMe: true, ack });
    return event.kind === 'status' ? event.status : event.kind;
  });
  assert.deepEqual(statuses, ['FAILED', 'SENT', 'DELIVERED', 'READ', 'READ']);
  assert.equal(elementsOf({ id: 'A', fromMe: true, ack: 9 })[0]?.ok, false);
  assert.equal(elementsOf({ id: 'A', ackName: 'constructor' })[0]?.ok, false);
});

test('the time of a flat message is read in every form, and left out when there is none', () => {
  const flat = { message_id: 'a', from: '+201000000001', to: '+201555500022', message: 'x' };
  for (const timestamp of ['2025-11-22T08:26:40Z', 1763800000, '1763800000', 1763800000000]) {
    const event = eventOf({ ...flat, timestamp });
    assert.equal(event.kind === 'message' && event.providerAt, 1763800000000);
  }
  assert.ok(!('providerAt' in eventOf(flat)));
  assert.ok(!('providerAt' in eventOf({ ...flat, timestamp: 'yesterday' })));
});

test('the older system’s name of the channel is this channel', () => {
  const flat = { message_id: 'a', from: '+201000000001', to: '+201555500022', message: 'x' };
  for (const name of ['whatsapp_lite', 'whatsapp-lite', 'whatsapp'])
    assert.equal(eventOf({ ...flat, channel: name }).kind, 'message');
});

test('only the gateway that owns a file sees its key', async () => {
  const account = accountOf(
    { ...cases, credentials: gateway },
    'https://waha.example.com',
  ) as ConnectedAccount<Credentials>;
  const at = async (url: string) => channel.locateMedia({ link: url }, account);
  assert.deepEqual(await at('https://waha.example.com/api/files/1'), {
    ok: true,
    url: 'https://waha.example.com/api/files/1',
    headers: { 'x-api-key': 'key-2' },
  });
  for (const url of ['http://waha.example.com/1', 'https://waha.example.com:8443/1', 'https://files.example.com/1']) {
    assert.deepEqual(await at(url), { ok: true, url, headers: {} });
  }
  const none = await channel.locateMedia({}, account);
  assert.equal(!none.ok && none.permanent, true);
});

test('GOWA tells where a file lies from its own address on; without a gateway there is none', async () => {
  const media = { link: 'statics/media/1.jpeg' };
  const at = (credentials: unknown, url: string) =>
    channel.locateMedia(media, accountOf({ ...cases, credentials }, url) as ConnectedAccount<Credentials>);
  const found = await at(gateway, 'https://gowa.example.com/wa');
  assert.equal(found.ok && found.url, 'https://gowa.example.com/wa/statics/media/1.jpeg');
  assert.equal((await at(cases.credentials, 'https://notify.appgain.io')).ok, false);
});
