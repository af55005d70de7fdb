import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { addPhone, customer, thread } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const sms = accountOf(nile, 'sms');
const lite = accountOf(nile, 'whatsapp_lite');
const long = `https://shop.example/offers/${'spring/'.repeat(10)}?from=sms&id=17#top`;
const chrome = { 'User-Agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36' };

suite('short links', () => {
  after(() => cloud.close());

  test('a link in Arabic words is short on the phone, leads to its page, and its clicks are counted', async () => {
    const phone = await addPhone(cloud, 'sms', '+201570100001');
    const sent = await accepted('sms', {
      to: phone.address,
      message: `عرض اليوم: ${long}، سارع!`,
      shorten_links: true,
    });
    const [link] = await linksOf(sent);
    const { short_url: url } = link as { short_url: string } & Row;
    assert.ok(url.startsWith(`${cloud.access.url}/l/`) && url.length === cloud.access.url.length + 13, url);
    assert.equal(sent['message'], `عرض اليوم: ${url}، سارع!`);
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    assert.deepEqual(
      (await thread(cloud, sms, phone)).map(({ text }) => text),
      [sent['message']],
    );
    const page = await follow(url);
    assert.deepEqual([page.status, page.headers.get('location')], [302, long]);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    const [once] = await linksOf(sent);
    await eventually('a later moment', () => Date.now() > Date.parse(String(once?.['first_clicked_at'])));
    await follow(url);
    const [clicked] = await linksOf(sent);
    assert.deepEqual(
      { ...clicked, first_clicked_at: null, last_clicked_at: null },
      {
        id: url.slice(-10),
        organization_id: nile.id,
        message_id: sent.id,
        conversation_id: sent['conversation_id'],
        contact_id: sent['contact_id'],
        channel: 'sms',
        url: long,
        short_url: url,
        clicks: 2,
        first_clicked_at: null,
        last_clicked_at: null,
        created_at: link?.['created_at'],
        expires_at: link?.['expires_at'],
      },
    );
    assert.ok(String(clicked?.['first_clicked_at']) < String(clicked?.['last_clicked_at']));
    const days = (Date.parse(String(link?.['expires_at'])) - Date.parse(String(link?.['created_at']))) / 86_400_000;
    assert.equal(Math.round(days), 90);
  });

  test('a link in letters that no header can have leads to its page all the same', async () => {
    const phone = await addPhone(cloud, 'sms', '+201570100009');
    const arabic = `https://shop.example/${'عروض/'.repeat(10)}`;
    const sent = await accepted('sms', { to: phone.address, message: `عرض: ${arabic}`, shorten_links: true });
    const [link] = await linksOf(sent);
    const page = await follow(String(link?.['short_url']));
    assert.deepEqual([page.status, page.headers.get('location')], [302, new URL(arabic).href]);
  });

  test('previews, HEAD and prefetches follow it and are no clicks', async () => {
    const sent = await accepted('sms', { to: '+201570100002', message: long, shorten_links: true });
    const url = String((await linksOf(sent))[0]?.['short_url']);
    for (const init of [
      { headers: { 'User-Agent': 'WhatsApp/2.24.1 A' } },
      { headers: { 'User-Agent': 'facebookexternalhit/1.1' } },
      { headers: { 'User-Agent': 'TelegramBot (like TwitterBot)' } },
      { headers: { ...chrome, 'Sec-Purpose': 'prefetch' } },
      { method: 'HEAD', headers: chrome },
    ])
      assert.deepEqual(await follow(url, init).then(({ status, headers }) => [status, headers.get('location')]), [
        302,
        long,
      ]);
    const [link] = await linksOf(sent);
    assert.deepEqual([link?.['clicks'], link?.['first_clicked_at']], [0, null]);
  });

  test('each recipient and each message has links of its own', async () => {
    const to = ['+201570100003', '+201570100004'];
    const answer = await send('sms', { to, message: `${long} ${long} ${long}2`, shorten_links: true });
    const results = answer.body['results'] as { message: Row }[];
    const codes = await Promise.all(results.map(async ({ message }) => (await linksOf(message)).map(({ id }) => id)));
    assert.deepEqual(
      codes.map(({ length }) => length),
      [2, 2],
    );
    assert.equal(new Set(codes.flat()).size, 4);
    const first = String((await linksOf(results[0]?.message as Row))[0]?.['short_url']);
    await follow(first);
    // they are found through their conversations, which are written a moment after the messages
    await cloud.drain();
    const all = await rows(cloud, nile, 'links?clicks=gt.0&order=created_at.desc');
    assert.deepEqual(
      all.filter(({ short_url }) => short_url === first).map(({ contact_id }) => contact_id),
      [results[0]?.message['contact_id']],
    );
    const both = results.map(({ message }) => message.id).join(',');
    assert.equal((await rows(cloud, nile, `links?message_id=in.(${both})`)).length, 4);
    assert.equal((await rows(cloud, nile, `links?id=eq.${String(codes[0]?.[0])}`)).length, 1);
  });

  test('a message passed on has links of its own, or the addresses themselves', async () => {
    const sent = await accepted('sms', { to: '+201570100010', message: `See ${long}`, shorten_links: true });
    const plain = await accepted('sms', { to: '+201570100011', forward_of: sent.id });
    assert.equal(plain['message'], `See ${long}`);
    const short = await accepted('sms', { to: '+201570100011', forward_of: sent.id, shorten_links: true });
    const [[before], [after]] = [await linksOf(sent), await linksOf(short)];
    assert.deepEqual([after?.['url'], after?.id !== before?.id], [long, true]);
    assert.equal(short['message'], `See ${String(after?.['short_url'])}`);
  });

  test('nobody is led where a request says, and what is no link is a page in two languages', async () => {
    const sent = await accepted('sms', { to: '+201570100005', message: long, shorten_links: true });
    const url = String((await linksOf(sent))[0]?.['short_url']);
    const bent = await follow(`${url}?url=https://evil.example&to=//evil.example`);
    assert.equal(bent.headers.get('location'), long);
    assert.equal((await follow(`${url}،وشكرا`)).headers.get('location'), long);
    for (const path of ['/l/abcdefghjk', '/l/short', '/l/%2F%2Fevil.example', `/l/${'x'.repeat(2000)}`]) {
      const page = await follow(cloud.access.url + path);
      assert.deepEqual([page.status, page.headers.get('location')], [404, null], path);
      if (path.startsWith('/l/%')) continue;
      assert.equal(page.headers.get('cache-control'), 'no-store', path);
      const words = await page.text();
      assert.match(words, /This link does not exist/);
      assert.match(words, /lang="ar" dir="rtl">هذا الرابط غير موجود/);
    }
  });

  test('a link that has ended leads nowhere, though the table may not have forgotten it yet', async () => {
    const sent = await accepted('sms', { to: '+201570100006', message: long, shorten_links: true });
    const [link] = await linksOf(sent);
    const url = String(link?.['short_url']);
    assert.equal((await follow(url)).status, 302);
    await expire(String(link?.id));
    assert.equal((await follow(url)).status, 404);
    assert.equal((await follow(url, { method: 'HEAD' })).status, 404);
  });

  test('links are shortened before anything is counted, and only then', async () => {
    const message = `${'x'.repeat(1540)} ${long}`;
    const refused = await send('sms', { to: '+201570100007', message });
    assert.equal(refused.status, 422);
    const sent = await accepted('sms', { to: '+201570100007', message, shorten_links: true });
    assert.ok(String(sent['message']).length <= 1600);
    const plain = await accepted('sms', { to: '+201570100007', message: long });
    assert.deepEqual([plain['message'], await linksOf(plain)], [long, []]);
  });

  test('WhatsApp Lite and the other channels too, in captions and buttons; mail stays as it is', async () => {
    const phone = await customer(cloud, lite, '+201570100008');
    const shared = { to: phone.address, shorten_links: true };
    const sent = await accepted('whatsapp-lite', { ...shared, message: `*See* ${long}.` });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    const shown = await eventually('on the phone', async () =>
      (await thread(cloud, lite, phone)).find(({ text }) => text?.includes('/l/')),
    );
    assert.match(String(shown.text), /\/l\/\w{10}\.$/);
    const button = { kind: 'link_button', link: { title: 'Open', url: long } };
    const worded = await accepted('whatsapp-lite', { ...shared, message: 'Our offer', interactive: button });
    assert.match(String(worded['message']), /^Our offer\n\nOpen: \S+\/l\/\w{10}$/);
    assert.equal((await linksOf(worded)).length, 1);
    const mail = await send('email', { to: 'mona.9@customers.example', message: long, shorten_links: true });
    assert.deepEqual([mail.status, mail.body['details']], [422, 'shorten_links']);
    assert.equal((await send('sms', { to: '+201570100008', message: 'x', shorten_links: 'yes' })).status, 400);
  });

  test('a message for later has links that live from then on, also when it is put off', async () => {
    const HOUR = 3_600_000;
    const later = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
    const sent = await accepted('sms', {
      to: '+201570100009',
      message: long,
      shorten_links: true,
      scheduled_at: later(24),
    });
    const lives = async () => {
      const [link] = await linksOf(sent);
      return Math.round((Date.parse(String(link?.['expires_at'])) - Date.now()) / (24 * HOUR));
    };
    assert.equal(await lives(), 91);
    const body = { message_id: sent.id, scheduled_at: later(240) };
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/reschedule_message', body)).status, 200);
    assert.equal(await lives(), 100);
  });
});

function send(channel: string, body: object): Promise<Answer> {
  return ask(cloud, nile, `/functions/v1/${channel}-send`, body);
}

async function accepted(channel: string, body: object): Promise<Row> {
  const answer = await send(channel, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body['message'] as Row;
}

function linksOf({ id }: Row): Promise<Row[]> {
  return rows(cloud, nile, `links?message_id=eq.${id}&order=created_at.desc`);
}

function follow(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { headers: chrome, redirect: 'manual', ...init });
}

async function expire(code: string): Promise<void> {
  const { calls } = cloud.dynamoDb.capacity.read();
  const input = {
    TableName: calls[0]?.table,
    Key: { pk: { S: `link#${code}` }, sk: { S: 'link' } },
    UpdateExpression: 'SET #ttl = :past',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':past': { N: String(Math.floor(Date.now() / 1000) - 1) } },
  };
  const headers = {
    'X-Amz-Target': 'DynamoDB_20120810.UpdateItem',
    'Content-Type': 'application/x-amz-json-1.0',
    Authorization: 'local',
  };
  const response = await fetch(cloud.dynamoDb.url, { method: 'POST', headers, body: JSON.stringify(input) });
  assert.ok(response.ok, await response.text());
}
