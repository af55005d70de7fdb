import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { customer, fault } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { cloudChange, cloudEnvelope, cloudStatus, freshId, post, signCloud, cloudWords } from '../support/webhooks.ts';
import type { Person } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');

suite('an opt-out is of a person, by whatever name', () => {
  after(() => cloud.close());

  test('who opts out before the number is known is not written to at the number, and lifts it from there', async () => {
    const user = `EG.${freshId()}`;
    const phone = '201561000001';
    await write({ user }, 'Hello');
    await write({ user }, 'إيقاف');
    await cloud.drain();
    const [before] = await rows(cloud, nile, 'opt_outs');
    assert.deepEqual([before?.['why'], before?.['active']], ['opted_out', true]);
    await write({ user, phone }, 'This is my number');
    await cloud.drain();
    const contact = await eventually('one contact', async () => {
      const [found] = await rows(cloud, nile, `contacts?phone=eq.%2B${phone}`);
      return JSON.stringify(found?.['identities']).includes(user) ? found : undefined;
    });
    const listed = await rows(cloud, nile, 'opt_outs');
    assert.deepEqual(
      listed.map(({ contact_id }) => contact_id),
      [contact.id],
    );
    for (const whom of [{ to: `+${phone}` }, { contact_id: contact.id }, { contact_id: before?.['contact_id'] }]) {
      const refused = await send({ ...whom, message: 'x' });
      assert.equal(refused.body['code'], 'opted_out', JSON.stringify(whom));
    }
    await write({ user, phone }, 'اشتراك');
    await cloud.drain();
    for (const whom of [{ to: `+${phone}` }, { contact_id: before?.['contact_id'] }])
      assert.equal((await send({ ...whom, message: 'Welcome' })).status, 200, JSON.stringify(whom));
  });

  test('what the provider says only after it took a message is learnt too', async () => {
    const phone = await customer(cloud, account, '+201561000002');
    await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Sale' });
    const sent = await whenMessage(cloud, nile, message, 'SENT');
    const id = String(sent['provider_message_id']);
    const told = cloudStatus(id, 'failed', phone.address.slice(1), Date.now(), `${message.id}.1`);
    const errors = [{ code: 131050, title: 'User has stopped marketing messages' }];
    await post(signCloud(account, cloudEnvelope(account, [cloudChange(account, { statuses: [{ ...told, errors }] })])));
    await cloud.drain();
    const [learnt] = await rows(cloud, nile, `opt_outs?contact_id=eq.${String(message['contact_id'])}`);
    assert.deepEqual([learnt?.['why'], learnt?.['source']], ['no_marketing', 'provider']);
    const failed = await whenMessage(cloud, nile, message, 'FAILED');
    assert.equal((failed['error'] as Row)['class'], 'opted_out');
    assert.equal((await send({ to: phone.address, message: 'Your order' })).status, 200, 'answers still go');
  });
});

function send(body: object) {
  return ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', body);
}

async function write(who: Person, body: string): Promise<void> {
  assert.equal((await post(cloudWords(account, who, body))).status, 200);
}
