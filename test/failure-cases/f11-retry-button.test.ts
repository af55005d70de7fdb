import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { customer, fault, thread } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { cloudChange, cloudEnvelope, cloudStatus, post, signCloud } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const meta = accountOf(nile, 'whatsapp_cloud');

suite('F11: sending again by hand', () => {
  after(() => cloud.close());

  test('a failed message is sent again; what is still told of the first attempt changes nothing', async () => {
    const phone = await customer(cloud, meta, '+201551100001');
    await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Again' });
    const sent = await whenMessage(cloud, nile, message, 'SENT');
    const first = String(sent['provider_message_id']);
    await status(first, 'failed', phone.address, `${message.id}.1`);
    await whenMessage(cloud, nile, message, 'FAILED');

    const retried = await retry(message.id);
    assert.equal(retried.status, 200);
    assert.equal(retried.body['status'], 'PENDING');
    assert.equal(retried.body['attempt'], 2);
    assert.equal(retried.body['provider_message_id'], null);
    const again = await whenMessage(cloud, nile, message, 'SENT');
    assert.notEqual(again['provider_message_id'], first);
    assert.equal(again['error'], null);

    await status(first, 'failed', phone.address, `${message.id}.1`);
    await status(first, 'read', phone.address, `${message.id}.1`);
    await cloud.drain();
    const now = await whenMessage(cloud, nile, message, 'SENT');
    const attempts = now['attempts'] as Row[];
    assert.deepEqual(
      attempts.map(({ attempt, code, by_hand: byHand }) => ({ attempt, failed: code !== null, byHand })),
      [
        { attempt: 1, failed: true, byHand: true },
        { attempt: 2, failed: false, byHand: false },
      ],
    );
    for (const { started_at: start, ended_at: end } of attempts) assert.ok(String(start) <= String(end));
    assert.equal((await thread(cloud, meta, phone)).filter(({ text }) => text === 'Again').length, 2);
  });

  test('one that did arrive after all is not sent again', async () => {
    const phone = await customer(cloud, meta, '+201551100003');
    await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Once' });
    const id = String((await whenMessage(cloud, nile, message, 'SENT'))['provider_message_id']);
    await status(id, 'failed', phone.address, `${message.id}.1`);
    await whenMessage(cloud, nile, message, 'FAILED');
    await status(id, 'delivered', phone.address, `${message.id}.1`);
    await whenMessage(cloud, nile, message, 'DELIVERED');
    assert.equal((await retry(message.id)).body['code'], 'not_failed');
  });

  test('only a failed message of the own organization can be sent again', async () => {
    const phone = await customer(cloud, meta, '+201551100002');
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Fine' });
    await whenMessage(cloud, nile, message, 'SENT');
    assert.equal((await retry(message.id)).body['code'], 'not_failed');
    assert.equal((await retry(message.id, gulf)).status, 404);
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/retry_message', {})).body['code'], 'missing_field');
  });
});

function retry(id: string, organization = nile) {
  return ask(cloud, organization, '/rest/v1/rpc/retry_message', { message_id: id });
}

async function status(id: string, what: string, to: string, reference: string): Promise<void> {
  const told = cloudStatus(id, what, to.slice(1), Date.now(), reference);
  const errors = what === 'failed' ? { errors: [{ code: 131026, title: 'Message undeliverable' }] } : {};
  await post(signCloud(meta, cloudEnvelope(meta, [cloudChange(meta, { statuses: [{ ...told, ...errors }] })])));
}
