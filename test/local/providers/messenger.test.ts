import assert from 'node:assert/strict';
import test from 'node:test';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import { loadChannel } from '../../../layers/core/src/channels/registry.ts';
import { codesOf, itemOf, monaAt, page, signatureOf, startMetaRig } from './meta-rig.ts';
import { at, ownRig, until } from './rig.ts';

let now = Date.now();
const rig = ownRig(await startMetaRig(page, () => now));

const recipient = { id: monaAt.messenger };
const hello = { text: 'hi', metadata: 'ref-9' };

function respond(message: object, more: object = {}) {
  return rig.send({ recipient, messaging_type: 'RESPONSE', message, ...more });
}

test('a customer writes: the webhook has the envelope, and the signature is over its raw bytes', async () => {
  const answer = await rig.write({ text: 'سلام / hi' });
  assert.equal(at(answer.body, 'webhook_status'), 200);
  const [hook] = rig.received;
  assert.equal(hook?.headers['x-hub-signature-256'], signatureOf('meta-secret', hook?.raw ?? ''));
  assert.match(hook?.raw ?? '', /\\u0633\\u0644\\u0627\\u0645 \\\/ hi/);
  assert.equal(at(hook?.body, 'object'), 'page');
  assert.equal(at(hook?.body, 'entry.0.id'), page.external_id);
  const item = itemOf(hook);
  assert.deepEqual([at(item, 'sender.id'), at(item, 'recipient.id')], [monaAt.messenger, page.external_id]);
  assert.equal(typeof at(item, 'timestamp'), 'number');
  assert.match(String(at(item, 'message.mid')), /^m_[\w-]{80,}$/);
});

test('a text is echoed with our reference, reported delivered by its id, and read by a time once its thread is open', async () => {
  await rig.write({ text: 'hello' });
  rig.received.length = 0;
  const answer = await respond(hello);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const mid = at(answer.body, 'message_id');
  assert.equal(at(answer.body, 'recipient_id'), monaAt.messenger);
  const items = (await rig.webhooks(2)).map(itemOf);
  const echo = items.find((item) => at(item, 'message'));
  assert.deepEqual(at(echo, 'message'), {
    mid,
    text: 'hi',
    is_echo: true,
    app_id: 1517776481860111,
    metadata: 'ref-9',
  });
  assert.deepEqual([at(echo, 'sender.id'), at(echo, 'recipient.id')], [page.external_id, monaAt.messenger]);
  assert.deepEqual(
    at(
      items.find((item) => at(item, 'delivery')),
      'delivery.mids',
    ),
    [mid],
  );
  await respond({ text: 'again' });
  await rig.webhooks(4);
  rig.received.length = 0;
  now += 1000;
  await rig.open(true);
  assert.deepEqual(
    (await rig.webhooks(1)).map((one) => at(itemOf(one), 'read.watermark')),
    [now],
  );
  await rig.open(false);
  assert.equal(rig.received.length, 1);
});

test('what our code sends is taken, shown and understood when it comes back', async () => {
  await rig.write({ text: 'hello' });
  const link = 'https://files.example.com/a.png';
  const target = String(at(await rig.thread(), '0.id'));
  const choice = { id: 'YES', title: 'Yes' };
  const bodies: Body[] = [
    { type: 'text', text: 'أهلا' },
    ...(['image', 'video', 'audio', 'document'] as const).map((type) => ({
      type,
      media: { status: 'ready' as const, link },
    })),
    { type: 'interactive', text: 'Pick', interactive: { kind: 'quick_replies', buttons: [choice] } },
    { type: 'interactive', text: 'Pick', interactive: { kind: 'buttons', buttons: [choice] } },
    { type: 'interactive', text: 'Look', interactive: { kind: 'link_button', link: { title: 'See', url: link } } },
    {
      type: 'interactive',
      interactive: { kind: 'carousel', cards: [{ text: 'A\nB', image: link, buttons: [choice] }] },
    },
    { type: 'reaction', emoji: '👍', target },
    { type: 'reaction', emoji: null, target },
    { type: 'template', template: { name: 'order_update', language: 'en', parameters: ['42', 'ready'] } },
  ];
  const before = (await rig.thread()).length;
  for (const body of bodies) {
    const receipt = await rig.sendBody(body);
    assert.equal(receipt.outcome, 'accepted', `${JSON.stringify(body)} ${JSON.stringify(receipt)}`);
  }
  await until(async () => (await rig.thread()).length === before + bodies.length);
  assert.equal(at((await rig.thread()).at(-1), 'text'), 'Order 42: ready');
  await rig.webhooks(1 + 10 * 2);
  const events = await rig.events();
  assert.equal(events.filter((event) => at(event, 'reference') === 'ref-1').length, 10);
  assert.equal(events.filter((event) => at(event, 'status') === 'DELIVERED').length, 10);
});

test('what a customer does is understood', async () => {
  const target = String(at((await rig.write({ text: 'مرحبا' })).body, 'id'));
  for (const type of ['image', 'video', 'audio', 'document', 'sticker']) await rig.write({ body: { type } });
  for (const emoji of ['❤️', '']) await rig.write({ body: { type: 'reaction', message_id: target, emoji } });
  await rig.write({ body: { type: 'edit', message_id: target, text: 'changed' } });
  await rig.write({ body: { type: 'raw', message: { mid: target, is_deleted: true } } });
  await rig.write({ text: 'reply', reply_to: target });
  const events = await rig.events();
  assert.deepEqual(
    events.map((event) => [at(event, 'body.type') ?? at(event, 'kind'), at(event, 'body.emoji')]),
    [
      ['text', undefined],
      ['image', undefined],
      ['video', undefined],
      ['audio', undefined],
      ['document', undefined],
      ['sticker', undefined],
      ['reaction', '❤️'],
      ['reaction', null],
      ['text', undefined],
      ['revision', undefined],
      ['text', undefined],
    ],
  );
  assert.equal(at(events.at(-1), 'replyTo'), target);
  assert.equal((await rig.write({ body: { type: 'image', caption: 'look' } })).status, 400);
  assert.equal((await rig.write({ body: { type: 'location', latitude: 1, longitude: 2 } })).status, 400);
});

test('a tap on a quick reply is a message, on a button a postback', async () => {
  await rig.write({ text: 'hello' });
  const buttons = [{ type: 'postback', title: 'Yes', payload: 'Y' }];
  const template = { type: 'template', payload: { template_type: 'button', text: '?', buttons } };
  const quick = await respond({ text: '?', quick_replies: [{ content_type: 'text', title: 'No', payload: 'N' }] });
  const button = await respond({ attachment: template });
  const tap = async (message_id: unknown, id: string): Promise<unknown> => {
    const tapped = await rig.write({ body: { type: 'tap', message_id, id } });
    assert.equal(tapped.status, 201, JSON.stringify(tapped.body));
    return (await rig.events()).findLast((event) => at(event, 'direction') === 'INBOUND');
  };
  await rig.webhooks(5);
  assert.deepEqual(at(await tap(at(quick.body, 'message_id'), 'N'), 'body.interactive'), {
    kind: 'reply',
    id: 'N',
    title: 'No',
  });
  assert.deepEqual(at(await tap(at(button.body, 'message_id'), 'Y'), 'body.interactive'), {
    kind: 'reply',
    id: 'Y',
    title: 'Yes',
  });
  assert.ok(rig.received.some((one) => at(itemOf(one), 'postback.payload') === 'Y'));
});

test("a customer's file can be fetched by whoever has its link, until the link ends", async () => {
  const link = await rig.writeFile('image');
  const place = await (await loadChannel('messenger')).locateMedia({ link }, {} as never);
  assert.ok(place.ok);
  assert.equal((await fetch(place.url, { headers: place.headers })).status, 200);
  assert.equal((await fetch(`${link}x`)).status, 404);
  now += 2 * 3_600_000;
  assert.equal((await fetch(link)).status, 403);
});

test('a utility template may go at any time', async () => {
  await rig.write({ text: 'hello' });
  now += 8 * 86_400_000;
  assert.deepEqual(codesOf(await respond(hello)), [10, 2018278]);
  const template = { name: 'order_update', language: 'ar', parameters: ['1', 'جاهز'] };
  assert.equal((await rig.sendBody({ type: 'template', template })).outcome, 'accepted');
});

test('a customer who blocked the page is not there', async () => {
  await rig.write({ text: 'hello' });
  await rig.write({ body: { type: 'block' } });
  assert.deepEqual(codesOf(await respond(hello)), [551, 1545041]);
  await rig.write({ body: { type: 'unblock' } });
  assert.equal((await respond(hello)).status, 200);
});

test('faults answer in the words of Graph', async () => {
  await rig.write({ text: 'hello' });
  const expected: [object, number, unknown[]][] = [
    [{ status: 429 }, 429, [613, undefined]],
    [{ status: 503 }, 503, [2, undefined]],
    [{ code: 190 }, 401, [190, undefined]],
  ];
  for (const [fault, status, codes] of expected) {
    await rig.call('POST', '/messenger/faults', fault);
    const answer = await respond(hello);
    assert.deepEqual([answer.status, codesOf(answer)], [status, codes]);
  }
});

test('the subscription check passes', async () => {
  const { body } = await rig.call('POST', `/messenger/accounts/${page.external_id}/verify`, {});
  assert.deepEqual(body, { verified: true });
});
