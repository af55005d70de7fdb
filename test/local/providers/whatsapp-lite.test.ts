import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { matrixOf } from '../../../local/src/providers/whatsapp_lite/qr.ts';
import { at, ownRig, startRig, until, type Answered } from './rig.ts';

const rig = ownRig(await startRig());

const { gateway, notify } = rig;
const mona = '201000000001@c.us';
const key = { 'x-api-key': gateway.api_key };
const session = 'default';

function api(method: string, path: string, body?: unknown, headers: Record<string, string> = key): Promise<Answered> {
  return rig.call(method, `/whatsapp_lite/api/${path}`, body, headers);
}

function write(body: object, account = gateway.external_id): Promise<Answered> {
  return rig.call('POST', '/whatsapp_lite/phones/mona/messages', { account, ...body });
}

function control(verb: string, body?: unknown, account = gateway.external_id): Promise<Answered> {
  return rig.call('POST', `/whatsapp_lite/accounts/${encodeURIComponent(account)}/${verb}`, body ?? {});
}

function lite(body: unknown, headers: Record<string, string> = { appapikey: notify.api_key }): Promise<Answered> {
  return rig.call('POST', `/whatsapp_lite/${notify.suit_id}/send`, body, headers);
}

function payloads(event: string): unknown[] {
  return rig.received.filter(({ body }) => at(body, 'event') === event).map(({ body }) => at(body, 'payload'));
}

test('a customer writes: the gateway tells it with the secret and an HMAC of the raw bytes', async () => {
  const answer = await write({ text: 'مرحبا' });
  assert.equal(at(answer.body, 'webhook_status'), 200);
  const [hook] = rig.received;
  assert.ok(hook);
  assert.equal(hook.headers['x-webhook-secret'], 'gateway-secret');
  assert.equal(hook.headers['x-webhook-hmac'], createHmac('sha512', 'gateway-secret').update(hook.raw).digest('hex'));
  assert.equal(at(hook.body, 'event'), 'message');
  assert.equal(at(hook.body, 'session'), 'default');
  assert.deepEqual(at(hook.body, 'me'), { id: '201555000000@c.us', pushName: 'Nile Gateway' });
  const payload = at(hook.body, 'payload');
  assert.match(String(at(payload, 'id')), /^false_201000000001@c\.us_3EB0[0-9A-F]{16}$/);
  assert.deepEqual(
    [at(payload, 'from'), at(payload, 'to'), at(payload, 'fromMe'), at(payload, 'body')],
    [mona, '201555000000@c.us', false, 'مرحبا'],
  );
});

test('the flat form is sent when asked for, by either kind of account', async () => {
  await write({ text: 'hi', flat: true }, notify.external_id);
  const [hook] = rig.received;
  assert.equal(hook?.url, '/notify');
  assert.equal(hook?.headers['x-webhook-secret'], 'lite-secret');
  assert.deepEqual(Object.keys(hook?.body as object), ['message_id', 'from', 'to', 'message', 'timestamp', 'channel']);
  assert.equal(at(hook?.body, 'from'), '+201000000001');
  assert.equal(at(hook?.body, 'to'), '+0987654321');
});

test('a sent text is echoed once, acknowledged by server and device, and read when the thread opens', async () => {
  const sent = await api('POST', 'sendText', { session, chatId: mona, text: 'hello' });
  assert.equal(sent.status, 201);
  const id = at(sent.body, 'id');
  assert.match(String(id), /^true_201000000001@c\.us_3EB0[0-9A-F]{16}$/);
  await rig.webhooks(3);
  assert.deepEqual(
    payloads('message.any').map((payload) => [at(payload, 'id'), at(payload, 'fromMe'), at(payload, 'source')]),
    [[id, true, 'api']],
  );
  assert.deepEqual(
    payloads('message.ack').map((payload) => [at(payload, 'ack'), at(payload, 'ackName')]),
    [
      [1, 'SERVER'],
      [2, 'DEVICE'],
    ],
  );
  await rig.call('PUT', '/whatsapp_lite/phones/mona/open', { account: gateway.external_id });
  assert.equal(at(payloads('message.ack').at(-1), 'ackName'), 'READ');
  await rig.call('PUT', '/whatsapp_lite/phones/mona/open', { account: null });
});

test('every kind of send is taken and shown, a number nobody has comes back as an error ack', async () => {
  const file = { mimetype: 'image/png', url: 'https://example.com/a.png', filename: 'a.png' };
  const data = { mimetype: 'application/pdf', data: Buffer.from('pdf').toString('base64'), filename: 'a.pdf' };
  const sends: [verb: string, body: object][] = [
    ['sendImage', { file, caption: 'look' }],
    ['sendFile', { file: data }],
    ['sendVideo', { file: { ...file, mimetype: 'video/mp4' } }],
    ['sendVoice', { file: { ...file, mimetype: 'audio/ogg; codecs=opus' } }],
    ['sendLocation', { latitude: 30, longitude: 31, title: 'Shop' }],
    ['sendContactVcard', { contacts: [{ fullName: 'Ana', phoneNumber: '+55' }] }],
  ];
  for (const [verb, body] of sends) {
    const answer = await api('POST', verb, { session, chatId: '201000000002@c.us', ...body });
    assert.equal(answer.status, 201, `${verb} ${JSON.stringify(answer.body)}`);
  }
  const { body } = await rig.call(
    'GET',
    `/whatsapp_lite/phones/omar/messages?account=${encodeURIComponent(gateway.external_id)}`,
  );
  assert.deepEqual(
    (body as unknown[]).map((message) => at(message, 'body.type')),
    ['image', 'document', 'video', 'audio', 'location', 'contacts'],
  );
  await rig.webhooks(sends.length * 3);
  rig.received.length = 0;
  await api('POST', 'sendText', { session, chatId: '201999990000@c.us', text: 'anyone?' });
  await until(() => payloads('message.ack').length > 0);
  assert.deepEqual(
    payloads('message.ack').map((payload) => at(payload, 'ack')),
    [-1],
  );
});

test('replies, reactions, seen and files', async () => {
  const photo = await write({ body: { type: 'image', caption: 'see' } });
  const url = String(at(payloads('message')[0], 'media.url'));
  assert.equal((await fetch(url)).status, 401);
  assert.equal((await fetch(url, { headers: key })).headers.get('content-type'), 'image/png');
  const id = String(at(photo.body, 'id'));
  const reply = await api('POST', 'sendText', { session, chatId: mona, text: 'nice', reply_to: id });
  assert.equal(at(reply.body, 'replyTo.id'), id.split('_').at(-1));
  assert.equal((await api('PUT', 'reaction', { session, messageId: id, reaction: '👍' })).status, 200);
  assert.equal((await api('PUT', 'reaction', { session, messageId: 'false_1@c.us_X', reaction: '👍' })).status, 500);
  assert.equal((await api('POST', 'sendSeen', { session, chatId: mona })).status, 201);
  const { body } = await rig.call(
    'GET',
    `/whatsapp_lite/phones/mona/messages?account=${encodeURIComponent(gateway.external_id)}`,
  );
  assert.equal(
    at(
      (body as unknown[]).find((message) => at(message, 'id') === id),
      'status',
    ),
    'read',
  );
  await write({ body: { type: 'reaction', message_id: String(at(reply.body, 'id')), emoji: '❤️' } });
  assert.deepEqual(at(payloads('message.reaction')[0], 'reaction'), { text: '❤️', messageId: at(reply.body, 'id') });
});

test('what the business types on its own phone is told as its own', async () => {
  const typed = await control('messages', { to: '+201000000001', text: 'from the counter' }, notify.external_id);
  assert.equal(typed.status, 201);
  assert.deepEqual(
    payloads('message.any').map((payload) => [at(payload, 'source'), at(payload, 'body'), at(payload, 'fromMe')]),
    [['app', 'from the counter', true]],
  );
});

test('a session that is logged out refuses sends and shows a QR code until someone pairs it', async () => {
  assert.equal(at((await api('GET', 'sessions/default')).body, 'status'), 'WORKING');
  assert.equal((await api('GET', 'default/auth/qr')).status, 422);
  assert.equal((await api('POST', 'sessions/default/logout')).status, 201);
  await until(() => payloads('session.status').length === 2);
  assert.equal(at(payloads('session.status')[1], 'status'), 'SCAN_QR_CODE');
  const refused = await api('POST', 'sendText', { session, chatId: mona, text: 'x' });
  assert.equal(refused.status, 422);
  assert.equal(at(refused.body, 'status'), 'SCAN_QR_CODE');
  assert.equal(at((await write({ text: 'unheard' })).body, 'webhook_status'), null);
  const raw = at((await api('GET', 'default/auth/qr?format=raw')).body, 'value');
  assert.equal(at((await api('GET', 'default/auth/qr?format=raw')).body, 'value'), raw);
  const image = await api('GET', 'default/auth/qr', undefined, { ...key, accept: 'application/json' });
  assert.equal(at(image.body, 'mimetype'), 'image/png');
  assert.equal(Buffer.from(String(at(image.body, 'data')), 'base64').toString('latin1', 1, 4), 'PNG');
  assert.equal((await api('POST', 'sessions/default/pair')).status, 404);
  assert.equal(at((await control('pair')).body, 'status'), 'WORKING');
  assert.equal((await api('POST', 'sendText', { session, chatId: mona, text: 'x' })).status, 201);
  await api('POST', 'sessions/default/stop');
  await api('POST', 'sessions/default/start');
  assert.equal(at((await api('GET', 'sessions/default')).body, 'status'), 'WORKING');
});

test('the gateway refuses in the shapes of NestJS', async () => {
  const status = async (body: unknown, headers = key): Promise<unknown[]> => {
    const answer = await api('POST', 'sendText', body, headers);
    return [answer.status, at(answer.body, 'statusCode')];
  };
  assert.deepEqual(await status({ session, chatId: mona, text: 'x' }, { 'x-api-key': 'other' }), [401, 401]);
  assert.deepEqual(await status({ session: 'other', chatId: mona, text: 'x' }), [404, 404]);
  assert.deepEqual(await status({ session, chatId: mona, text: '' }), [400, 400]);
  assert.deepEqual(await status({ session, chatId: '+20@c.us', text: 'x' }), [400, 400]);
  assert.deepEqual(await status({ session, chatId: mona, text: 'x' }, { 'x-api-key': notify.api_key }), [404, 404]);
  assert.equal((await api('POST', 'sendNothing', {})).status, 404);
  assert.equal(
    (
      await api('POST', 'sendImage', {
        session,
        chatId: mona,
        file: { mimetype: 'image/png', url: 'http://127.0.0.1:1/x' },
      })
    ).status,
    500,
  );
});

test('Notify sends to its receivers, and refuses a wrong key the way it does', async () => {
  const message = { message: 'hi', receivers: [{ mobileNum: '201000000001' }] };
  const sent = await lite({ UOWHATSAPP: { ...message, imageUrl: 'https://example.com/a.png' } });
  assert.deepEqual([sent.status, at(sent.body, 'status'), at(sent.body, 'message')], [200, 'success', 'sent']);
  await rig.webhooks(3);
  assert.equal(at(payloads('message.ack')[0], 'id'), at(sent.body, 'messageId'));
  const wrong = await lite({ UOWHATSAPP: message }, { appapikey: 'other' });
  assert.equal(wrong.status, 500);
  assert.deepEqual(wrong.body, {
    exception: "'NoneType' object has no attribute 'api_key'",
    message: 'something went wrong',
    status: 'Failed',
  });
  assert.equal((await lite({ SMS: message })).status, 400);
  assert.equal((await lite({ UOWHATSAPP: { ...message, message: '' } })).status, 400);
  assert.equal((await lite({ UOWHATSAPP: { ...message, receivers: [{ mobileNum: '+201000000001' }] } })).status, 400);
});

test('Notify without receivers writes to everyone, and the log says so', async () => {
  await rig.call('DELETE', '/whatsapp_lite/requests');
  assert.equal((await lite({ UOWHATSAPP: { message: 'oops' } })).status, 200);
  const { body } = await rig.call('GET', '/whatsapp_lite/requests');
  assert.equal(at(body, '0.warning'), 'sent to everyone');
  assert.equal(at(body, '0.headers.appapikey'), '…-key');
});

test('Notify stops at 300 a day', async () => {
  const receivers = Array.from({ length: 301 }, (_one, index) => ({ mobileNum: String(4_900_000_000 + index) }));
  assert.equal((await lite({ UOWHATSAPP: { message: 'hi', receivers } })).status, 429);
});

test('a QR code can be read back', () => {
  const text = '2@AbC/+9==,xyz';
  const matrix = matrixOf(text);
  const bits: number[] = [];
  for (let right = 36, isUp = true; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right = 5;
    for (let step = 0; step < 37; step += 1) {
      const row = isUp ? 36 - step : step;
      for (const column of [right, right - 1]) {
        const isPattern =
          row === 6 ||
          column === 6 ||
          (row < 9 && column < 9) ||
          (row < 9 && column > 28) ||
          (row > 28 && column < 9) ||
          (row >= 28 && row <= 32 && column >= 28 && column <= 32);
        if (!isPattern) bits.push(Number(matrix[row]?.[column] !== ((row + column) % 2 === 0)));
      }
    }
  }
  const nibble = (index: number): number => Number.parseInt(bits.slice(index * 4, index * 4 + 4).join(''), 2);
  const byte = (index: number): number => nibble(index) * 16 + nibble(index + 1);
  assert.equal(nibble(0), 4);
  assert.equal(byte(1), text.length);
  assert.equal(Buffer.from(Array.from(text, (_character, index) => byte(3 + index * 2))).toString(), text);
});
