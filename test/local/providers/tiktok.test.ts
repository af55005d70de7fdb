import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { at, ownRig, startRig, until, type Answered } from './rig.ts';

let now = Date.UTC(2026, 10, 22);
const rig = ownRig(await startRig({ now: () => now }));

const business = '_000OpenId';
const hooks = new URL(rig.cloud.webhook_url).origin;
rig.providers.register({
  channel: 'tiktok',
  organization: 'org_1',
  external_id: business,
  name: 'nile.coffee',
  webhook_url: `${hooks}/tiktok`,
  client_key: 'aw1',
  client_secret: 'app-secret',
  access_token: 'act.one',
  refresh_token: 'rft.one',
});

let token = 'act.one';

function api(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  return rig.call('POST', `/tiktok/open_api/v1.3${path}`, body, { 'access-token': token, ...headers });
}

function write(body: object, phone = 'mona'): Promise<Answered> {
  return rig.call('POST', `/tiktok/phones/${phone}/messages`, { account: business, ...body });
}

/** The events that came, with their content read. */
function events(): { event: unknown; content: unknown }[] {
  return rig.received.map(({ body }) => ({
    event: at(body, 'event'),
    content: JSON.parse(String(at(body, 'content'))) as unknown,
  }));
}

async function conversation(phone = 'mona'): Promise<string> {
  await write({ text: 'hello' }, phone);
  const id = String(at(events().at(-1)?.content, 'conversation_id'));
  rig.received.length = 0;
  return id;
}

async function sendText(recipient: string, text = 'hi', more: object = {}): Promise<Answered> {
  const message = { message_type: 'TEXT', text: { body: text }, ...more };
  return api('/business/message/send/', {
    business_id: business,
    recipient_type: 'CONVERSATION',
    recipient,
    ...message,
  });
}

const code = (answer: Answered): unknown => at(answer.body, 'code');

test('what a customer writes comes signed, its content as JSON in a string', async () => {
  await write({ text: 'أهلا' });
  const [received] = await rig.webhooks(1);
  const { t, s } =
    /^t=(?<t>\d+),s=(?<s>[\da-f]{64})$/.exec(String(received?.headers['tiktok-signature']))?.groups ?? {};
  assert.equal(s, createHmac('sha256', 'app-secret').update(`${t}.${received?.raw}`).digest('hex'));
  assert.equal(Number(t), Math.floor(now / 1000));
  assert.equal(at(received?.body, 'user_openid'), business);
  const [{ event, content } = { event: '', content: {} }] = events();
  assert.deepEqual([event, at(content, 'text.body'), at(content, 'to_user.id')], ['im_receive_msg', 'أهلا', business]);
  assert.equal(at(content, 'from_user.id'), '6800000000000000001');
});

test('each kind a customer can send, and none that TikTok does not have', async () => {
  for (const type of ['image', 'video', 'sticker']) assert.equal((await write({ body: { type } })).status, 201);
  for (const type of ['audio', 'document']) assert.equal((await write({ body: { type } })).status, 400);
  assert.deepEqual(
    events().map(({ content }) => at(content, 'type')),
    ['image', 'video', 'sticker'],
  );
});

test('of a user in Europe the business hears next to nothing', async () => {
  await rig.call('POST', '/tiktok/phones', { name: 'lena.v', address: '6800000000000000049' });
  await write({ text: 'secret' }, 'phone_3');
  const [{ event, content } = { event: '', content: {} }] = events();
  assert.equal(event, 'im_receive_msg_eu');
  assert.deepEqual(Object.keys(content as object), ['to', 'to_user', 'timestamp']);
});

test('a send is answered with an id, and echoed under it', async () => {
  const recipient = await conversation();
  const quoted = { referenced_message_info: { referenced_message_id: '1' } };
  assert.equal(code(await sendText(recipient, 'hi', quoted)), 40002);
  const answer = await sendText(recipient, 'hi');
  assert.deepEqual([answer.status, code(answer)], [200, 0]);
  await rig.webhooks(1);
  const [{ event, content } = { event: '', content: {} }] = events();
  assert.deepEqual([event, at(content, 'message_tag.source')], ['im_send_msg', 'API']);
  assert.equal(at(content, 'message_id'), at(answer.body, 'data.message.message_id'));
});

test('on a card of buttons each has at most 20 characters', async () => {
  const to = { business_id: business, recipient_type: 'CONVERSATION', recipient: await conversation() };
  for (const [length, answer] of [
    [20, 0],
    [21, 40002],
  ] as const) {
    const buttons = [{ type: 'REPLY', title: 'x'.repeat(length), id: 'b-1' }];
    const template = { type: 'QA_BUTTON_CARD', title: 'Pick', buttons };
    const sent = await api('/business/message/send/', { ...to, message_type: 'TEMPLATE', template });
    assert.equal(code(sent), answer, `${length}`);
  }
});

test('opening the thread reads everything in it with one mark', async () => {
  const recipient = await conversation();
  await sendText(recipient, 'one');
  await sendText(recipient, 'two');
  await rig.webhooks(2);
  now += 1000;
  rig.received.length = 0;
  await rig.call('PUT', '/tiktok/phones/mona/open', { account: business });
  await rig.call('PUT', '/tiktok/phones/mona/open', { account: null });
  assert.deepEqual(
    events().map(({ event, content }) => [event, at(content, 'read.last_read_timestamp')]),
    [['im_mark_read_msg', now]],
  );
});

test('ten messages in 48 hours, and none to who has not written or has blocked the business', async () => {
  assert.equal(code(await sendText('nobody')), 40007);
  const recipient = await conversation('omar');
  for (let sent = 0; sent < 10; sent += 1) assert.equal(code(await sendText(recipient)), 0);
  assert.equal(code(await sendText(recipient)), 40064);
  await write({ text: 'again' }, 'omar');
  assert.equal(code(await sendText(recipient)), 0);
  now += 48 * 3_600_000;
  token = String(at((await refresh('rft.one')).body, 'data.access_token'));
  assert.equal(code(await sendText(recipient)), 40064);
  await write({ text: 'and again' }, 'omar');
  await write({ body: { type: 'block' } }, 'omar');
  assert.equal(code(await sendText(recipient)), 40064);
});

function refresh(refresh_token: string, client_secret = 'app-secret'): Promise<Answered> {
  const body = { client_id: 'aw1', client_secret, grant_type: 'refresh_token', refresh_token };
  return api('/tt_user/oauth2/refresh_token/', body);
}

test('a token lasts a day, and a refresh token is good for one new pair', async () => {
  assert.equal(code(await refresh('rft.one')), 40105);
  const recipient = await conversation();
  const old = token;
  await rig.call('POST', `/tiktok/accounts/${business}/expire`, {});
  assert.equal(code(await sendText(recipient)), 40105);
  const { body } = await rig.call('GET', '/tiktok/requests');
  assert.equal(at((body as unknown[]).at(-1), 'headers.access-token'), `…${old.slice(-4)}`);
});

test('the API is strict', async (t) => {
  token = 'act.two';
  rig.providers.register({
    channel: 'tiktok',
    organization: 'org_2',
    external_id: 'gulf',
    name: 'gulf',
    webhook_url: `${hooks}/tiktok`,
    client_key: 'aw1',
    client_secret: 'app-secret',
    access_token: token,
    refresh_token: 'rft.two',
  });
  const to = { business_id: 'gulf', recipient_type: 'CONVERSATION', recipient: 'x' };
  const path = '/business/message/send/';
  const template = (buttons: object[], type = 'QA_BUTTON_CARD') => ({
    ...to,
    message_type: 'TEMPLATE',
    template: { type, title: 'Pick', buttons },
  });
  const wrong: [string, object][] = [
    ['no text', { ...to, message_type: 'TEXT', text: { body: '' } }],
    ['6001 characters', { ...to, message_type: 'TEXT', text: { body: 'x'.repeat(6001) } }],
    ['an unknown type', { ...to, message_type: 'VIDEO', video: { media_id: '1' } }],
    ['a member nobody knows', { ...to, message_type: 'TEXT', text: { body: 'x' }, caption: 'x' }],
    ['four buttons', template(['a', 'b', 'c', 'd'].map((title) => ({ type: 'REPLY', title })))],
    ['a button of another type', template([{ type: 'URL', title: 'a' }])],
  ];
  for (const [what, body] of wrong) await t.test(what, async () => assert.equal(code(await api(path, body)), 40002));
  assert.equal(code(await api(path, { ...to, business_id: business })), 40001);
  assert.equal(code(await api(path, to, { 'access-token': 'x' })), 40105);
  assert.equal((await api(path.slice(0, -1), to)).status, 404);
});

function pictureForm(bytes: Uint8Array<ArrayBuffer>): FormData {
  const data = new FormData();
  data.set('business_id', 'gulf');
  data.set('media_type', 'IMAGE');
  data.set('file', new Blob([bytes]), 'a.png');
  return data;
}

test('a picture is uploaded as bytes and a file is fetched with the token', async () => {
  token = 'act.two';
  const png = new Uint8Array(Buffer.from('89504e470d0a1a0a00', 'hex'));
  const path = '/business/message/media/upload/';
  const uploaded = await api(path, pictureForm(png));
  assert.match(String(at(uploaded.body, 'data.media_id')), /^\d+$/);
  assert.equal(code(await api(path, pictureForm(new Uint8Array(Buffer.from('GIF89a'))))), 40908);
  const written = await rig.call('POST', '/tiktok/phones/mona/messages', { account: 'gulf', body: { type: 'image' } });
  const content = events().at(-1)?.content;
  const place = {
    business_id: 'gulf',
    conversation_id: at(content, 'conversation_id'),
    message_id: at(written.body, 'id'),
    media_id: at(content, 'image.media_id'),
    media_type: 'IMAGE',
  };
  const located = await api('/business/message/media/download/', place);
  const url = String(at(located.body, 'data.download_url'));
  assert.equal((await fetch(url)).status, 403);
  assert.equal((await fetch(url, { headers: { 'x-user': token } })).status, 200);
  assert.equal(code(await api('/business/message/media/download/', { ...place, media_type: 'VIDEO' })), 40007);
});

test('a tap on a card comes as its words with the button’s id', async () => {
  token = 'act.two';
  await rig.call('POST', '/tiktok/phones/mona/messages', { account: 'gulf', text: 'hi' });
  const recipient = at(events().at(-1)?.content, 'conversation_id');
  const card = { type: 'QA_BUTTON_CARD', title: 'Pick', buttons: [{ type: 'REPLY', title: 'One', id: 'b-1' }] };
  const to = { business_id: 'gulf', recipient_type: 'CONVERSATION', recipient };
  const sent = await api('/business/message/send/', { ...to, message_type: 'TEMPLATE', template: card });
  const id = at(sent.body, 'data.message.message_id');
  const tap = { type: 'tap', message_id: id, id: 'b-1' };
  await rig.call('POST', '/tiktok/phones/mona/messages', { account: 'gulf', body: tap });
  await until(() => events().some(({ content }) => at(content, 'reply_source_payload') !== undefined));
  const tapped = events().find(({ content }) => at(content, 'reply_source_payload') !== undefined)?.content;
  assert.equal(at(tapped, 'text.body'), 'One');
  assert.deepEqual(at(tapped, 'reply_source_payload'), { reply_source_msg_id: id, reply_source_unique_id: 'b-1' });
});
