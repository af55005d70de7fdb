import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { customer, fault } from '../support/phones.ts';
import { quarantined, storedItems } from '../support/table.ts';
import { cloudChange, cloudStatus, cloudText, freshId, post, signCloud } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
const from = '201580000001';
const now = Date.now();

suite('F08: a batch with poison in it', () => {
  after(() => cloud.close());

  test('what can be read is applied, the rest is set aside, and the answer is 200', async () => {
    const [first, second, third] = await sentMessages(3);
    const unknown = `wamid.${freshId()}`;
    const statuses = [
      statusOf(first, 'delivered'),
      statusOf(second, 'read'),
      statusOf(third, 'delivered'),
      cloudStatus(unknown, 'delivered', from, now),
    ];
    const answer = await post(signCloud(account, batch(statuses)));
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { success: true, applied: 15, quarantined: 1 });
    await cloud.drain();

    const stored = await rows(cloud, nile, `messages?direction=eq.INBOUND&message=like.Item*&order=message.asc`);
    assert.equal(stored.length, 10);
    const [strange, ...others] = await rows(cloud, nile, 'messages?type=eq.unsupported');
    assert.equal(others.length, 0);
    assert.equal(strange?.['message'], null);
    assert.deepEqual(await Promise.all([first, second, third].map(statusNow)), ['DELIVERED', 'READ', 'DELIVERED']);
    const aside = await quarantined(cloud);
    assert.equal(aside.length, 1);
    assert.match(String(aside[0]?.['raw']), /malformed one/);
    assert.match(String(aside[0]?.['reason']), /id/);
    assert.equal(aside[0]?.['organization'], nile.id);
    const parked = (await storedItems(cloud)).find(({ pk }) => pk === `provider#${account.id}#${unknown}`);
    assert.ok(parked?.['parked_delivered']);
    const lines = cloud.logs.filter((line) => line.includes('webhook received'));
    assert.equal(lines.length, 1, 'only the webhook with something to set aside is written of');
    const { requestId, ...said } = JSON.parse(lines[0]?.replace(/^\[\S+\] /, '') ?? '') as Record<string, unknown>;
    const [level, message, channel] = ['WARN', 'webhook received', 'whatsapp_cloud'];
    assert.deepEqual(said, { level, message, channel, applied: 15, quarantined: 1 });
    assert.equal(typeof requestId, 'string');
  });

  test('a whole body, an entry or a change that can not be read is set aside too', async () => {
    const before = (await quarantined(cloud)).length;
    const good = cloudText(from, 'Beside the poison');
    const change = cloudChange(account, { contacts: [good.contact], messages: [good.message] });
    const object = 'whatsapp_business_account';
    const entry = [
      { id: account.waba_id },
      null,
      { id: account.waba_id, changes: [null, change, { field: 'messages' }] },
    ];
    for (const payload of [[], 'text', { object }, { object: 'page', entry: [] }, { object, entry }]) {
      assert.equal((await post(signCloud(account, payload))).status, 200);
    }
    await eventually(
      'the good one',
      async () => (await rows(cloud, nile, 'messages?message=eq.Beside the poison')).length,
    );
    const after = (await quarantined(cloud)).length;
    assert.equal(after - before, 8);
  });
});

/** Two entries of two changes of three messages, one of a type nobody knows and one without an id; the statuses go with the first change. */
function batch(statuses: unknown[]): unknown {
  const texts = Array.from({ length: 12 }, (_, index) => cloudText(from, `Item ${index}`, { at: now + index * 1000 }));
  const messages: unknown[] = texts.map(({ message }) => message);
  messages[4] = { from, id: `wamid.${freshId()}`, timestamp: '1760000000', type: 'hologram', hologram: { rays: 3 } };
  messages[7] = { from, timestamp: '1760000000', type: 'text', text: { body: 'malformed one' } };
  const contacts = [texts[0]?.contact];
  const changes = [0, 3, 6, 9].map((start) =>
    cloudChange(account, {
      contacts,
      messages: messages.slice(start, start + 3),
      ...(start === 0 ? { statuses } : {}),
    }),
  );
  const id = account.waba_id;
  return {
    object: 'whatsapp_business_account',
    entry: [
      { id, changes: changes.slice(0, 2) },
      { id, changes: changes.slice(2) },
    ],
  };
}

/** Messages that have left and of which the customer's phone says nothing. */
async function sentMessages(count: number): Promise<Row[]> {
  await customer(cloud, account, `+${from}`);
  await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });
  for (let index = 0; index < count; index++)
    await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', { to: `+${from}`, message: `Answer ${index}` });
  return eventually('all are sent', async () => {
    const sent = await rows(cloud, nile, 'messages?direction=eq.OUTBOUND&status=eq.SENT&order=created_at.asc');
    return sent.length === count && sent;
  });
}

function statusOf(message: Row | undefined, status: string): unknown {
  return cloudStatus(String(message?.['provider_message_id']), status, from, now, `${message?.id}.1`);
}

async function statusNow(message: Row | undefined): Promise<unknown> {
  return (await rows(cloud, nile, `messages?id=eq.${message?.id}`))[0]?.['status'];
}
