import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { customer } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { cloudInbound, post, telegramInbound } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const bot = accountOf(nile, 'telegram');
const began = Math.floor(Date.now() / 1000) * 1000 - 600_000;

// Two customers with five messages each, interleaved by the minute; a third on Telegram; one answer.
for (let index = 0; index < 10; index++)
  await post(cloudInbound(account, `2015510000${index % 2}1`, `Number ${index}`, { at: began + index * 60_000 }));
await post(telegramInbound(bot, 751000001, 'On Telegram', { at: began }));
const phone = await customer(cloud, account, '+201551000099');
const answer = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'An answer' });
await whenMessage(cloud, nile, answer, 'DELIVERED');
await cloud.drain();
const [conversation] = await eventually('the conversations', async () => {
  const found = await rows(cloud, nile, `conversations?order=created_at.asc`);
  return found.length === 4 && found;
});

suite('reading', () => {
  after(() => cloud.close());

  test('bare and eq. filters are the same', async () => {
    const id = String(conversation?.id);
    const contact = String(conversation?.['contact_id']);
    for (const [filter, count] of [
      [`conversation_id=${id}`, 5],
      [`contact_id=${contact}`, 5],
      ['channel=telegram', 1],
      ['channel=whatsapp_cloud', 12],
      ['direction=OUTBOUND', 1],
      ['direction=inbound', 12],
      ['status=DELIVERED', 13],
      ['status=READ', 0],
      [`conversation_id=${id}&direction=OUTBOUND`, 0],
      [`conversation_id=${id}&channel=whatsapp_cloud&direction=INBOUND&status=DELIVERED`, 5],
    ] as const) {
      const operators = filter.replaceAll('=', '=eq.').replace('inbound', 'INBOUND');
      const bare = await rows(cloud, nile, `messages?${filter}`);
      assert.equal(bare.length, count, filter);
      assert.deepEqual(bare, await rows(cloud, nile, `messages?${operators}`), filter);
    }
    assert.equal((await rows(cloud, nile, 'conversations?channel=telegram&status=open')).length, 1);
    assert.equal((await rows(cloud, nile, 'channel_accounts?channel=whatsapp_lite&status=Active')).length, 2);
  });

  test('a channel and a known word are found however they are spelled', async () => {
    for (const [filter, count] of [
      ['messages?channel=whatsapp-cloud', 12],
      ['messages?channel=eq.WhatsApp-Cloud', 12],
      ['messages?channel=in.(whatsapp-cloud,telegram)', 13],
      ['messages?channel=not.eq.whatsapp-cloud', 1],
      ['messages?or=(channel.eq.whatsapp-cloud,channel.eq.telegram)', 13],
      ['messages?direction=eq.outbound&status=in.(delivered,read)', 1],
      ['channel_accounts?channel=eq.whatsapp', 2],
      ['channels?name=eq.web-push', 1],
    ] as const)
      assert.equal((await rows(cloud, nile, filter)).length, count, filter);
  });

  test('the rows of channels have their words in one manner', async () => {
    for (const row of await rows(cloud, nile, 'channels'))
      assert.deepEqual(
        namesIn(row).filter((name) => /[^a-z0-9_]/.test(name)),
        [],
        String(row['name']),
      );
    const [messenger] = await rows(cloud, nile, 'channels?name=eq.messenger');
    assert.deepEqual(messenger?.['send_window'], { hours: 24, messages: null, after: 'tag', tag_hours: 168 });
  });

  test('order, limit and offset page through everything once, in both directions', async () => {
    for (const direction of ['asc', 'desc']) {
      const all = await rows(cloud, nile, `messages?order=created_at.${direction}`);
      assert.equal(all.length, 13);
      const times = all.map((row) => String(row['created_at']));
      assert.deepEqual(times, direction === 'asc' ? times.toSorted() : times.toSorted().toReversed());
      const pages = [];
      for (let offset = 0; offset < 15; offset += 4)
        pages.push(...(await rows(cloud, nile, `messages?order=created_at.${direction}&limit=4&offset=${offset}`)));
      assert.deepEqual(
        pages.map(({ id }) => id),
        all.map(({ id }) => id),
        direction,
      );
    }
  });

  test('an order that the keys do not give, and one of two columns', async () => {
    const byText = await rows(cloud, nile, 'messages?message=like.Number*&order=message.desc&limit=3');
    assert.deepEqual(
      byText.map((row) => row['message']),
      ['Number 9', 'Number 8', 'Number 7'],
    );
    const byTwo = await rows(cloud, nile, 'messages?order=channel.asc,created_at.desc&select=channel,created_at');
    assert.deepEqual(byTwo[0]?.['channel'], 'telegram');
    const rest = byTwo.slice(1).map((row) => String(row['created_at']));
    assert.deepEqual(rest, rest.toSorted().toReversed());
  });

  test('times, lists, patterns, negation and select', async () => {
    const from = encodeURIComponent(new Date(began + 120_000).toISOString());
    const to = encodeURIComponent(new Date(began + 300_000).toISOString());
    const between = await rows(cloud, nile, `messages?created_at=gte.${from}&created_at=lt.${to}&order=created_at.asc`);
    assert.deepEqual(
      between.map((row) => row['message']),
      ['Number 2', 'Number 3', 'Number 4'],
    );
    const listed = await rows(cloud, nile, 'messages?message=in.("Number 1","An answer")&select=message,direction');
    assert.deepEqual(
      listed.map((row) => Object.keys(row)),
      [
        ['message', 'direction'],
        ['message', 'direction'],
      ],
    );
    assert.equal((await rows(cloud, nile, 'messages?message=ilike.*TELEGRAM')).length, 1);
    assert.equal((await rows(cloud, nile, 'messages?direction=not.eq.INBOUND')).length, 1);
    assert.equal((await rows(cloud, nile, 'messages?or=(channel.eq.telegram,direction.eq.OUTBOUND)')).length, 2);
    assert.equal((await rows(cloud, nile, 'messages?sent_at=not.is.null')).length, 1);
  });

  test('one row as an object, a count, a part of the count', async () => {
    const one = { headers: { Accept: 'application/vnd.pgrst.object+json' } };
    const single = await ask(cloud, nile, `/rest/v1/messages?id=eq.${answer.id}`, undefined, one);
    assert.equal(single.status, 200);
    assert.equal(single.body.id, answer.id);
    const none = await ask(cloud, nile, '/rest/v1/messages?id=eq.msg_nothing', undefined, one);
    assert.equal(none.status, 406);
    assert.equal(none.body['code'], 'PGRST116');
    const counting = { headers: { Prefer: 'count=exact' } };
    const counted = await ask(cloud, nile, '/rest/v1/messages?limit=2&offset=1', undefined, counting);
    assert.equal(counted.status, 206);
    assert.equal(counted.headers.get('content-range'), '1-2/13');
    const head = await fetch(`${cloud.access.url}/rest/v1/messages`, {
      method: 'HEAD',
      headers: { ...counting.headers, apikey: nile.api_key },
    });
    assert.equal(head.headers.get('content-range'), '0-12/13');
    assert.equal(await head.text(), '');
  });

  test('what can not be read is refused in words', async () => {
    for (const [path, status, code, words] of [
      ['messages?nothing=eq.1', 400, '42703', /nothing/],
      ['messages?message=Hello', 400, 'PGRST100', /message.*eq\.Hello/s],
      ['messages?limit=many', 400, 'PGRST100', /limit/],
      ['messages?order=created_at.sideways', 400, 'PGRST100', /sideways/],
      ['messages?created_at=gt.yesterday-ish', 400, '22007', /yesterday-ish/],
      ['messages?id=in.msg_1', 400, 'PGRST100', /in\.\(/],
      ['invoices', 404, 'PGRST205', /invoices/],
      ['changes?seq=7', 400, 'PGRST100', /seq/],
      ['changes?seq=gt.0&limit=5000', 400, 'PGRST100', /1000/],
    ] as const) {
      const { status: given, body } = await ask(cloud, nile, `/rest/v1/${path}`);
      assert.equal(given, status, path);
      assert.equal(body['code'], code, path);
      assert.match(JSON.stringify(body), words, path);
      assert.deepEqual(Object.keys(body).sort(), ['code', 'details', 'hint', 'message'], path);
    }
  });

  test('no table is written to by its rows', async () => {
    for (const name of ['messages', 'conversations', 'contacts', 'changes'])
      for (const method of ['POST', 'PATCH', 'DELETE', 'PUT']) {
        const refused = await ask(cloud, nile, `/rest/v1/${name}?id=eq.x`, {}, { method });
        assert.ok([404, 405].includes(refused.status), `${method} ${name} was answered ${refused.status}`);
      }
    assert.equal((await rows(cloud, nile, 'messages')).length, 13);
  });
});

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(namesIn)];
}
