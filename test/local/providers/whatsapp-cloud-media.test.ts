import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after } from 'node:test';
import { listenAt } from '../../support/loopback.ts';
import { at, startRig, until, type Answered } from './rig.ts';

let clock = Date.UTC(2026, 10, 22);
const rig = await startRig({ now: () => clock });
after(() => rig.close());

const { cloud } = rig;
const auth = { authorization: `Bearer ${cloud.access_token}` };
const png = Buffer.from('\x89PNG\r\n\x1a\n rest', 'latin1');

function graph(method: string, path: string, body?: unknown): Promise<Answered> {
  return rig.call(method, `/whatsapp_cloud/v26.0/${path}`, body, auth);
}

function send(message: object): Promise<Answered> {
  return graph('POST', `${cloud.phone_number_id}/messages`, {
    messaging_product: 'whatsapp',
    to: '+201000000001',
    ...message,
  });
}

function form(type: string, bytes: Buffer, product = 'whatsapp'): FormData {
  const data = new FormData();
  data.set('messaging_product', product);
  data.set('type', type);
  data.set('file', new Blob([new Uint8Array(bytes)], { type }), 'a.png');
  return data;
}

async function write(body: object): Promise<unknown> {
  rig.received.length = 0;
  const answer = await rig.call('POST', '/whatsapp_cloud/phones/mona/messages', { account: cloud.external_id, body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return at(rig.received[0]?.body, 'entry.0.changes.0.value.messages.0');
}

test('a customer sends a photo: its id leads to a link of five minutes that needs the token', async () => {
  const message = await write({
    type: 'image',
    url: `data:image/png;base64,${png.toString('base64')}`,
    caption: 'look',
  });
  assert.equal(at(message, 'image.caption'), 'look');
  assert.equal(at(message, 'image.mime_type'), 'image/png');
  const described = await graph('GET', `${String(at(message, 'image.id'))}?phone_number_id=${cloud.phone_number_id}`);
  const url = String(at(described.body, 'url'));
  assert.equal(at(described.body, 'file_size'), String(png.length));
  assert.equal((await fetch(url)).status, 401);
  const fetched = await fetch(url, { headers: auth });
  assert.equal(fetched.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await fetched.arrayBuffer()), png);
  assert.equal((await fetch(`${url}x`, { headers: auth })).status, 404);
  clock += 6 * 60_000;
  assert.equal((await fetch(url, { headers: auth })).status, 404);
  assert.equal((await graph('GET', `${String(at(message, 'image.id'))}?phone_number_id=1`)).status, 400);
  clock += 7 * 86_400_000;
  assert.equal((await graph('GET', String(at(message, 'image.id')))).status, 400);
});

test('every kind of file can come from a phone without bringing one', async () => {
  for (const type of ['image', 'video', 'audio', 'document', 'sticker']) {
    const message = await write({ type });
    assert.equal(at(message, 'type'), type);
    assert.match(String(at(message, `${type}.id`)), /^\d{16}$/);
  }
});

test('an upload is good for one kind, one number and until deleted', async () => {
  await write({ type: 'text', text: 'hello' });
  const uploaded = await graph('POST', `${cloud.phone_number_id}/media`, form('image/png', png));
  assert.equal(uploaded.status, 200);
  const id = at(uploaded.body, 'id');
  assert.equal((await send({ type: 'image', image: { id } })).status, 200);
  const wrong = await send({ type: 'audio', audio: { id } });
  assert.equal(at(wrong.body, 'error.code'), 131053);
  assert.deepEqual((await graph('DELETE', String(id))).body, { success: true });
  assert.equal((await send({ type: 'image', image: { id } })).status, 400);
});

test('uploads of other types, of too much and without the product are refused', async () => {
  const path = `${cloud.phone_number_id}/media`;
  assert.equal(at((await graph('POST', path, form('image/gif', png))).body, 'error.code'), 100);
  assert.equal(
    at((await graph('POST', path, form('image/png', Buffer.alloc(5 * 1024 * 1024 + 1)))).body, 'error.code'),
    131053,
  );
  assert.equal(at((await graph('POST', path, form('image/png', png, 'x'))).body, 'error.code'), 100);
  assert.equal((await graph('POST', path, { file: 'x' })).status, 400);
});

/** What the statuses of an image by link say: their error code, or else their status. */
async function statesOf(link: string): Promise<unknown[]> {
  rig.received.length = 0;
  assert.equal((await send({ type: 'image', image: { link } })).status, 200);
  await until(() => rig.received.length >= (link.endsWith('good.png') ? 2 : 1));
  return rig.received
    .map(({ body }) => at(body, 'entry.0.changes.0.value.statuses.0'))
    .map((status) => at(status, 'errors.0.code') ?? at(status, 'status'));
}

test('a link is opened after the message was taken: a dead one is a failed status', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/dead.png') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': request.url === '/page.png' ? 'text/html' : 'image/png' }).end(png);
  });
  const origin = await listenAt(server);
  t.after(() => server.close());
  await write({ type: 'text', text: 'hello' });
  assert.deepEqual(await statesOf(`${origin}/good.png`), ['sent', 'delivered']);
  assert.deepEqual(await statesOf(`${origin}/dead.png`), [131053]);
  assert.deepEqual(await statesOf(`${origin}/page.png`), [131053]);
});
