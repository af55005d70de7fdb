import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { metaWebhook } from '../support/meta.ts';
import { clearFaults, customer, fault } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { rowOf, sendText, whenMessage } from '../support/sends.ts';
import { post } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const page = accountOf(nile, 'messenger');
const professional = accountOf(nile, 'instagram');

/** Longer than the tolerance between Meta's clock and ours. */
const APART_MS = 1300;

suite('F38: one read stands for everything before it, and for nothing after', () => {
  after(() => cloud.close());
  beforeEach(async () => {
    for (const { channel } of [page, professional]) {
      await clearFaults(cloud, channel);
      await fault(cloud, channel, { hold_receipts: true });
    }
  });

  test('messenger: a read up to a time', async () => {
    const [phone, other] = await customers(page, ['7380000000000001', '7380000000000002']);
    const elsewhere = await sent(page, other, 'To another');
    const early = [await sent(page, phone, 'One'), await sent(page, phone, 'Two')];
    const watermark = Date.now();
    await delay(APART_MS);
    const late = await sent(page, phone, 'Three');
    const read = metaWebhook(page, phone.address, { read: { watermark } });
    for (const _ of [1, 2]) assert.equal((await post(read)).status, 200);
    for (const message of early) {
      const row = await whenMessage(cloud, nile, message, 'READ');
      assert.equal(row['read_at'], new Date(watermark).toISOString());
    }
    await cloud.drain();
    for (const message of [late, elsewhere]) assert.equal((await rowOf(cloud, nile, message))['status'], 'SENT');
    const received = await rows(
      cloud,
      nile,
      `messages?conversation_id=eq.${conversationOf(late)}&direction=eq.INBOUND`,
    );
    assert.deepEqual(
      received.map(({ read_at }) => read_at),
      [null],
    );
    await post(metaWebhook(page, phone.address, { read: { watermark: Date.now() } }));
    await whenMessage(cloud, nile, late, 'READ');
  });

  test('messenger: a read that comes late takes nothing back', async () => {
    const [phone] = await customers(page, ['7380000000000003']);
    const message = await sent(page, phone, 'Read twice');
    const at = Date.now();
    await post(metaWebhook(page, phone.address, { read: { watermark: at } }));
    const first = await whenMessage(cloud, nile, message, 'READ');
    await post(metaWebhook(page, phone.address, { read: { watermark: at - 60_000 } }));
    await post(metaWebhook(page, phone.address, { delivery: { watermark: at - 60_000 } }));
    await cloud.drain();
    const row = await rowOf(cloud, nile, message);
    assert.deepEqual([row['status'], row['read_at']], ['READ', first['read_at']]);
  });

  test('instagram: a read of one message', async () => {
    const [phone] = await customers(professional, ['8380000000000001']);
    const early = [await sent(professional, phone, 'One'), await sent(professional, phone, 'Two')];
    await delay(APART_MS);
    const late = await sent(professional, phone, 'Three');
    const mid = early[1]?.['provider_message_id'];
    assert.equal((await post(metaWebhook(professional, phone.address, { read: { mid } }))).status, 200);
    for (const message of early) await whenMessage(cloud, nile, message, 'READ');
    await cloud.drain();
    assert.equal((await rowOf(cloud, nile, late))['status'], 'SENT');
  });
});

async function customers(account: typeof page | typeof professional, addresses: string[]): Promise<[Phone, Phone]> {
  const phones = await Promise.all(addresses.map((address) => customer(cloud, account, address)));
  return phones as [Phone, Phone];
}

async function sent({ channel }: typeof page | typeof professional, phone: Phone, message: string): Promise<Row> {
  const row = await sendText(cloud, nile, { channel, to: phone.address, message });
  return whenMessage(cloud, nile, row, 'SENT');
}

function conversationOf(message: Row): string {
  return String(message['conversation_id']);
}
