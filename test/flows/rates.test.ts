import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { createBroadcast, tell, uploadCsv, whenBroadcast } from '../support/broadcasts.ts';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { clearFaults, customer, fault, requestsOf } from '../support/phones.ts';
import type { Phone, ProviderRequest } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { storedItems } from '../support/table.ts';
import type { Item } from '../support/table.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const meta = accountOf(nile, 'whatsapp_cloud');
const bot = accountOf(nile, 'telegram');
const MESSAGES = 30;

suite('the rates of providers', () => {
  after(() => cloud.close());
  beforeEach(async () => {
    for (const channel of ['whatsapp_cloud', 'telegram'] as const) {
      await clearFaults(cloud, channel);
      await control(cloud, `${channel}/requests`, 'DELETE');
    }
  });

  for (const { account, addressOf } of [
    { account: meta, addressOf: (index: number) => `+2015601${String(index).padStart(5, '0')}` },
    { account: bot, addressOf: (index: number) => `7601${String(index).padStart(5, '0')}` },
  ]) {
    test(`${account.channel}: several senders that never rest are never refused`, async () => {
      // so low that a slow machine comes along; that senders reach 95 % of a limit, whatever the machine, is in rates-simulated
      const perSecond = 4;
      // the provider takes what a stalled machine may have kept back, and then refuses each that comes too soon
      await limit(account, { per_second: perSecond, burst: 3 * perSecond });
      await settings(nile, account, { per_second: perSecond });
      const phones = await Promise.all(
        Array.from({ length: MESSAGES }, (_, index) => customer(cloud, account, addressOf(index))),
      );
      // a sender that is only just starting is late for its first moments
      await whenSent(await text(account, phones[0] as Phone, 'Warm'));
      await cloud.drain();
      const began = Date.now();
      const sent = await Promise.all(
        Array.from({ length: MESSAGES }, (_, index) => text(account, phones[index] as Phone, `Rush ${index}`)),
      );
      for (const row of sent) await whenSent(row);
      const requests = await requestsWith(account, 'Rush');
      assert.equal(requests.length, MESSAGES, 'each was asked once, so none was refused');
      const times = requests.map(({ at }) => Date.parse(at)).toSorted((one, other) => one - other);
      // from the middle of the second third to that of the last: one message's late arrival, or a slow start of the senders, is not the rate
      const third = MESSAGES / 3;
      const rate = (third * 1000) / (median(times.slice(2 * third)) - median(times.slice(third, 2 * third)));
      assert.ok(rate >= perSecond * 0.5, `${rate} a second of ${perSecond}`);
      // what is late may come close behind another, but nothing leaves before its moment
      for (const [index, time] of times.entries())
        assert.ok(time - began >= ((index - 1) * 1000) / perSecond, times.map((each) => each - began).join());
      await settings(nile, account, {});
    });
  }

  test('a customer’s own limit is kept without asking: a burst, and then one by one', async () => {
    await limit(bot, { per_second: 1000, chat_burst: 3 });
    const phone = await customer(cloud, bot, '760200001');
    const sent: Row[] = [];
    for (let index = 0; index < 7; index++) sent.push(await text(bot, phone, `One chat ${index}`));
    for (const row of sent) await whenSent(row);
    const requests = await requestsWith(bot, 'One chat');
    assert.deepEqual(
      requests.map(({ status }) => status),
      Array.from({ length: 7 }, () => 200),
    );
  });

  test('an account that its provider stops is stopped for all its senders, and no other account is', async () => {
    const phones = await Promise.all([1, 2, 3].map((index) => customer(cloud, meta, `+2015603000${index}`)));
    const other = accountOf(gulf, 'whatsapp_cloud');
    const elsewhere = await customer(cloud, other, '+971560300001');
    await fault(cloud, 'whatsapp_cloud', { status: 429, headers: { 'Retry-After': '3' } });
    const limited = await text(meta, phones[0] as Phone, 'Stopped 0');
    const refused = await eventually('it is refused', async () => (await requestsWith(meta, 'Stopped'))[0]);
    await eventually('the stop is written', async () =>
      (await storedItems(cloud)).some(({ pk, stopped }) => pk === `pace#${meta.id}` && stopped !== undefined),
    );
    // whoever has looked at the account within the last second has not heard of it yet
    await new Promise((done) => void setTimeout(done, 1100));
    const behind = [
      await text(meta, phones[1] as Phone, 'Stopped 1'),
      await text(meta, phones[2] as Phone, 'Stopped 2'),
    ];
    const free = await sendText(cloud, gulf, {
      channel: 'whatsapp_cloud',
      to: elsewhere.address,
      message: 'Elsewhere',
    });
    await whenMessage(cloud, gulf, free, (row) => row['sent_at'] !== null);
    for (const row of [limited, ...behind]) assert.equal((await whenSent(row))['attempt'], 1);
    const [, ...later] = await requestsWith(meta, 'Stopped');
    assert.equal(later.length, 3);
    for (const { at } of later) assert.ok(Date.parse(at) - Date.parse(refused.at) >= 3000, `${at} after ${refused.at}`);
  });

  test('a video takes a moment of its own rate, where a text is one of the free', async () => {
    const page = accountOf(nile, 'messenger');
    const phone = await customer(cloud, page, '7604000000000001');
    await whenSent(await text(page, phone, 'A text'));
    assert.equal(await momentsOf(page), undefined);
    const video = { to: phone.address, media_url: 'https://example.com/a.mp4', media_type: 'video' };
    const answer = await ask(cloud, nile, '/functions/v1/messenger-send', video);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const moments = await eventually('a moment is taken', () => momentsOf(page));
    assert.equal(moments['count'], 1);
  });

  test('an answer in the middle of a broadcast to 1,000 is overtaken by no more of it than leaves in two seconds', async () => {
    const sms = accountOf(nile, 'sms');
    const perSecond = 50;
    await settings(nile, sms, { per_second: perSecond });
    const list = Array.from({ length: 1000 }, (_, index) => `+20101${String(2_000_000 + index)}`);
    const upload_id = await uploadCsv(cloud, nile, `to\n${list.join('\n')}\n`);
    const made = await createBroadcast(cloud, nile, {
      channel: 'sms',
      channel_account_id: sms.id,
      content: { message: 'To everybody' },
      audience: { kind: 'file', upload_id },
    });
    await whenBroadcast(cloud, nile, made, 'READY');
    await tell(cloud, nile, 'start', made);
    await eventually('it is under way', async () => (await requestsOf(cloud, 'sms')).length > 50);
    for (let index = 0; index < 3; index++) {
      const to = `+20101300000${index}`;
      const answer = await sendText(cloud, nile, {
        channel: 'sms',
        to,
        message: 'Just for you',
        channel_account_id: sms.id,
      });
      const row = await whenMessage(cloud, nile, answer, (one) => one['sent_at'] !== null);
      const [from, until] = [String(row['created_at']), String(row['sent_at'])].map((time) => Date.parse(time));
      // counted, because a slow machine is slow with all of them
      const before = (await requestsWith(sms, 'To everybody'))
        .map(({ at }) => Date.parse(at))
        .filter((at) => at >= Number(from) && at <= Number(until));
      assert.ok(before.length <= 2 * perSecond, `${before.length} went before the answer`);
    }
    const [now] = await rows(cloud, nile, `broadcasts?id=eq.${made.id}`);
    assert.notEqual(now?.['status'], 'COMPLETED', 'the broadcast was still under way');
    await tell(cloud, nile, 'cancel', made);
    await whenBroadcast(cloud, nile, made, (row) => row['status'] === 'CANCELLED');
  });
});

function median(times: number[]): number {
  const ordered = times.toSorted((one, other) => one - other);
  return ordered[Math.floor(ordered.length / 2)] ?? 0;
}

/** What the senders have taken of an account's moments. */
async function momentsOf({ id }: Account): Promise<Item | undefined> {
  return (await storedItems(cloud)).find(({ pk, sk }) => pk === `pace#${id}` && sk === 'pace');
}

function limit(account: Account, rate: object): Promise<unknown> {
  return control(cloud, `${account.channel}/accounts/${encodeURIComponent(account.external_id)}/rate`, 'POST', rate);
}

/** A sender remembers an account for half a minute, so this comes before the account is first used. */
async function settings(organization: Organization, account: Account, values: object): Promise<void> {
  const init = { method: 'PATCH', body: JSON.stringify({ settings: values }) };
  const answer = await ask(cloud, organization, `/rest/v1/channel_accounts?id=eq.${account.id}`, undefined, init);
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
}

function text(account: Account, phone: Phone, message: string): Promise<Row> {
  return sendText(cloud, nile, { channel: account.channel, to: phone.address, message });
}

function whenSent(row: Row): Promise<Row> {
  return whenMessage(cloud, nile, row, (one) => one['sent_at'] !== null);
}

async function requestsWith(account: Account, words: string): Promise<ProviderRequest[]> {
  return (await requestsOf(cloud, account.channel)).filter(({ body }) => JSON.stringify(body).includes(words));
}
