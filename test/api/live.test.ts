import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { after, suite, test } from 'node:test';
import { WebSocket } from 'ws';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { signIn } from '../support/people.ts';
import { customer, requestsWith } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { cloudInbound, post } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const session = await signIn(cloud, nile);

suite('live', () => {
  after(() => cloud.close());

  test('a bad credential, and none, do not get in', async () => {
    for (const query of ['', '?apikey=prl_wrong', '?apikey=', '?access_token=eyJhbGciOiJub25lIn0.e30.x']) {
      const socket = new WebSocket(cloud.access.realtime_url + query);
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
      assert.equal(response.statusCode, 401, query);
      socket.terminate();
    }
  });

  test('a key or a session gets in, in the query or in a header', async () => {
    const header = new WebSocket(cloud.access.realtime_url, { headers: { 'X-API-Key': nile.api_key } });
    cloud.clients.push(header);
    await once(header, 'open');
    await listen(cloud, { access_token: session.access_token });
  });

  test('ping is answered, and anything else is ignored', async () => {
    const { socket, frames } = await listen(cloud, { apikey: nile.api_key });
    for (const text of ['{', 'null', '{"type":"pong"}', '[1]', '{"action":"$connect"}']) socket.send(text);
    socket.send('{"type":"ping"}');
    await eventually('the pong', () => frames.length > 0);
    assert.deepEqual(frames, [{ type: 'pong' }]);
    assert.equal(socket.readyState, WebSocket.OPEN);
  });

  test('the feed has every change of 30 messages, without a gap, as the socket told them', async () => {
    const start = (await feed(0)).at(-1)?.seq ?? 0;
    const live = await listen(cloud, { apikey: nile.api_key });
    const texts = Array.from({ length: 30 }, (_, index) => `Feed ${index}`);
    await Promise.all(texts.map((text, index) => post(cloudInbound(account, `20155130000${index % 3}`, text))));
    await eventually('30 events', () => live.rows('message.created').length === 30);
    await cloud.drain();
    const entries = await feed(start);
    await eventually('the last of them', () => live.frames.some(({ seq }) => seq === entries.at(-1)?.seq));
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      entries.map((_, index) => (entries[0]?.seq ?? 0) + index),
    );
    const stored = await rows(cloud, nile, 'messages?message=like.Feed*&limit=100');
    const told = entries.flatMap(({ changes }) => changes).filter(({ type }) => type === 'message.created');
    assert.equal(told.length, 30);
    assert.deepEqual(new Set(told.map(({ message_id }) => message_id)), new Set(stored.map(({ id }) => id)));
    assert.deepEqual(
      [...new Set(live.frames.map(({ seq }) => seq))],
      entries.map(({ seq }) => seq),
    );
    const rest = await feed(entries.at(-2)?.seq ?? 0);
    assert.deepEqual(rest, entries.slice(-1));
    assert.deepEqual(await feed(entries.at(-1)?.seq ?? 0), []);
    assert.deepEqual(await feed(start, 1), entries.slice(0, 1));
  });

  test('a client that begins asks the feed for its last number', async () => {
    const all = await feed(0, 1000);
    const newest = await changes('order=seq.desc&limit=2');
    assert.deepEqual(newest.body, all.slice(-2).toReversed());
    assert.deepEqual((await changes('select=seq&order=seq.desc&limit=1')).body, [{ seq: all.at(-1)?.seq }]);
    const from = all.at(-2)?.seq;
    assert.deepEqual((await changes(`seq=gte.${from}&order=seq.asc`)).body, all.slice(-2));
    assert.deepEqual((await changes(`seq=gte.${from}&order=seq.desc&limit=1`)).body, all.slice(-1));
    for (const query of [
      '',
      'limit=5',
      'seq=eq.5',
      'seq=gt.1&seq=lt.5',
      'and=(seq.gt.1,seq.lt.5)',
      'seq=gt.0&offset=1',
      'seq=gt.0&order=at.desc',
    ]) {
      const refused = await changes(query);
      assert.deepEqual([refused.status, refused.body['code']], [400, 'PGRST100'], query);
    }
  });

  test('the socket tells rows as reading gives them', async () => {
    const live = await listen(cloud, { apikey: nile.api_key });
    await post(cloudInbound(account, '201551300009', 'The same row'));
    const [event] = await eventually(
      'the event',
      () => live.rows('message.created').length > 0 && live.rows('message.created'),
    );
    assert.deepEqual(event, (await rows(cloud, nile, 'messages?message=eq.The same row'))[0]);
    const [summary] = await eventually(
      'the summary',
      () => live.rows('conversation.updated').length > 0 && live.rows('conversation.updated'),
    );
    assert.deepEqual(
      summary,
      (await rows(cloud, nile, `conversations?id=eq.${String(event?.['conversation_id'])}`))[0],
    );
  });

  test('mark_read: nothing is unread, everyone is told, and what comes after counts again', async () => {
    const from = '201551300010';
    await post(cloudInbound(account, from, 'One'));
    await post(cloudInbound(account, from, 'Two'));
    const conversation = await eventually('two unread', async () => {
      const [found] = await rows(cloud, nile, 'conversations?unread_count=eq.2&last_message_preview=eq.Two');
      return found;
    });
    const live = await listen(cloud, { apikey: nile.api_key });
    const read = await ask(cloud, nile, '/rest/v1/rpc/mark_read', { conversation_id: conversation.id });
    assert.equal(read.status, 200);
    assert.equal(read.body['unread_count'], 0);
    const [told] = await eventually(
      'the event',
      () => live.rows('conversation.updated').length > 0 && live.rows('conversation.updated'),
    );
    assert.deepEqual(told, read.body);
    await post(cloudInbound(account, from, 'Three'));
    await eventually('one unread', async () => (await conversationNow(conversation))?.['unread_count'] === 1);
    for (const body of [{}, { conversation_id: 7 }, { conversation_id: 'conv_x' }]) {
      const refused = await ask(cloud, nile, '/rest/v1/rpc/mark_read', body);
      assert.ok([400, 404].includes(refused.status));
      assert.match(String(refused.body['message']), /conversation_id/);
    }
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/mark_unread', {})).status, 404);
  });

  test('scheduled_at: not before its time, and soon after it', async () => {
    const phone = await customer(cloud, account, '+201551300011');
    const at = Date.now() + 5000;
    const message = await sendText(cloud, nile, {
      channel: 'whatsapp_cloud',
      to: phone.address,
      message: 'Later',
      scheduled_at: new Date(at).toISOString(),
    });
    assert.equal(message['scheduled_at'], new Date(at).toISOString());
    assert.equal((await conversationMessage(message))?.['status'], 'PENDING');
    assert.deepEqual(await requestsWith(cloud, 'whatsapp_cloud', 'Later'), []);
    await whenMessage(cloud, nile, message, 'DELIVERED');
    const [request, ...others] = await requestsWith(cloud, 'whatsapp_cloud', 'Later');
    assert.ok(Date.parse(request?.at ?? '') >= at);
    assert.ok(Date.parse(request?.at ?? '') < at + 60_000);
    assert.equal(others.length, 0);
  });
});

interface FeedEntry {
  seq: number;
  changes: { type: string; message_id: string | null }[];
}

function changes(query: string) {
  return ask(cloud, nile, `/rest/v1/changes?${query}`);
}

async function feed(after: number, limit = 100): Promise<FeedEntry[]> {
  return (await ask(cloud, nile, `/rest/v1/changes?seq=gt.${after}&limit=${limit}`)).body as unknown as FeedEntry[];
}

async function conversationNow({ id }: Row): Promise<Row | undefined> {
  return (await rows(cloud, nile, `conversations?id=eq.${id}`))[0];
}

async function conversationMessage({ id }: Row): Promise<Row | undefined> {
  return (await rows(cloud, nile, `messages?id=eq.${id}`))[0];
}
