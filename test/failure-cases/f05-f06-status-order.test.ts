import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { customer, fault } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { cloudChange, cloudEnvelope, cloudStatus, post, signCloud } from '../support/webhooks.ts';
import type { SignedWebhook } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const to = '+201550500001';
const live = await listen(cloud, { apikey: nile.api_key });
await customer(cloud, account, to);
// From here on the phone says nothing: the statuses are the tests' own.
await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });

const steps = ['sent', 'delivered', 'read'] as const;
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
].map((order) => order.map((index) => steps[index] as (typeof steps)[number]));

suite('F05 and F06: statuses in any order', () => {
  after(() => cloud.close());

  test('F05: every order of sent, delivered and read, each twice, one after the other', async () => {
    for (const order of orders) {
      const message = await sent(`In the order ${order.join()}`);
      const already = updatesOf(message).length;
      for (const status of order) {
        await deliver(statusOf(message, status));
        await deliver(statusOf(message, status));
      }
      await checkRead(message, already, `in the order ${order.join()}`);
    }
  });

  test('F05: every order, each twice, all at once', async () => {
    for (const order of orders) {
      const message = await sent(`At once ${order.join()}`);
      const already = updatesOf(message).length;
      await Promise.all([...order, ...order].map((status) => deliver(statusOf(message, status))));
      await checkRead(message, already, `at once ${order.join()}`);
    }
  });

  test('F05: a second report that overtakes the first changes nothing that anyone can see', async () => {
    const message = await sent('Overtaken');
    const already = updatesOf(message).length;
    cloud.dynamoDb.faults.add({ operation: 'UpdateItem', match: writesMessage(message), delayMs: 150 });
    const first = deliver(statusOf(message, 'delivered'));
    await delay(50);
    await Promise.all([first, deliver(statusOf(message, 'delivered'))]);
    await whenMessage(cloud, nile, message, 'DELIVERED');
    await cloud.drain();
    await eventually('the event', () => updatesOf(message).length > already);
    assert.equal(updatesOf(message).length - already, 1);
  });

  test('F05: of two times for one step the earlier holds, whichever comes first', async () => {
    for (const times of [
      [2, 5],
      [5, 2],
    ]) {
      const message = await sent(`Times ${times.join()}`);
      for (const time of times) await deliver(statusOf(message, 'delivered', time));
      const row = await whenMessage(cloud, nile, message, 'DELIVERED');
      const early = Math.floor(Date.parse(String(message['sent_at'])) / 1000) * 1000 + 2000;
      assert.equal(row['delivered_at'], new Date(early).toISOString(), times.join());
    }
  });

  test('F06: delivered after failed wins, and both stay in the history', async () => {
    const message = await sent('Failed, then delivered');
    await deliver(statusOf(message, 'failed', 1));
    const failed = await whenMessage(cloud, nile, message, 'FAILED');
    assert.deepEqual(historyOf(failed), ['PENDING', 'SENT', 'FAILED']);
    assert.equal((failed['error'] as Row)['class'], 'recipient_unavailable');
    await deliver(statusOf(message, 'delivered', 2));
    const delivered = await whenMessage(cloud, nile, message, 'DELIVERED');
    assert.deepEqual(historyOf(delivered), ['PENDING', 'SENT', 'FAILED', 'DELIVERED']);
    assert.equal(delivered['error'], null);
  });

  test('F06: failed after delivered or read does not take it back', async () => {
    const message = await sent('Read, then failed');
    await deliver(statusOf(message, 'read', 1));
    await deliver(statusOf(message, 'failed', 2));
    await cloud.drain();
    const row = await whenMessage(cloud, nile, message, 'READ');
    assert.deepEqual(historyOf(row), ['PENDING', 'SENT', 'READ', 'FAILED']);
  });

  test('F06: failed after sent, and sent after failed, is failed', async () => {
    const message = await sent('Failed, then sent');
    await deliver(statusOf(message, 'failed', 3));
    await deliver(statusOf(message, 'sent', 1));
    await cloud.drain();
    const row = await whenMessage(cloud, nile, message, 'FAILED');
    assert.deepEqual(historyOf(row), ['PENDING', 'SENT', 'FAILED']);
    assert.notEqual(row['failed_at'], null);
  });
});

async function sent(text: string): Promise<Row> {
  const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to, message: text });
  const row = await whenMessage(cloud, nile, message, 'SENT');
  await cloud.drain();
  await eventually('its event', () => updatesOf(row).some((update) => update['status'] === 'SENT'));
  return row;
}

/** `after`: seconds after the message left, of which a provider tells whole ones only; every report of one step has the same time. */
function statusOf(message: Row, status: string, after: number = steps.indexOf(status as 'sent') + 1): SignedWebhook {
  const at = Date.parse(String(message['sent_at'])) + after * 1000;
  const reported = cloudStatus(String(message['provider_message_id']), status, to.slice(1), at, `${message.id}.1`);
  const errors = status === 'failed' ? { errors: [{ code: 131026, title: 'Message undeliverable' }] } : {};
  const change = cloudChange(account, { statuses: [{ ...(reported as object), ...errors }] });
  return signCloud(account, cloudEnvelope(account, [change]));
}

async function deliver(webhook: SignedWebhook): Promise<void> {
  assert.equal((await post(webhook)).status, 200);
}

/** READ in the end, all three in the provider's order, and one event for each thing that changed: the answer's SENT gets its time, and two more. */
async function checkRead(message: Row, already: number, how: string): Promise<void> {
  const row = await whenMessage(
    cloud,
    nile,
    message,
    ({ status, status_history }) => status === 'READ' && (status_history as unknown[]).length === 4,
  );
  await cloud.drain();
  assert.deepEqual(historyOf(row), ['PENDING', 'SENT', 'DELIVERED', 'READ'], how);
  const times = (row['status_history'] as Row[]).slice(1).map((entry) => Date.parse(String(entry['provider_at'])));
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
    how,
  );
  await eventually(`three events ${how}`, () => updatesOf(message).length - already >= 3);
  assert.equal(updatesOf(message).length - already, 3, how);
  assert.equal(updatesOf(message).at(-1)?.['status'], 'READ', how);
}

function updatesOf(message: Row): Row[] {
  return live.rows('message.updated', message.id);
}

function writesMessage({ id }: Row) {
  const uuid = id.split('_')[1] ?? '';
  return (input: unknown) => JSON.stringify(input).includes(uuid);
}
