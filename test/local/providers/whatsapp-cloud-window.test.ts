import assert from 'node:assert/strict';
import test from 'node:test';
import { callsOf, statuses } from './whatsapp-cloud-calls.ts';
import { at, ownRig, startRig } from './rig.ts';

const rig = ownRig(await startRig());
const { send } = callsOf(rig);

test('outside the 24 hours only templates pass; unknown numbers fail later', async () => {
  await rig.call('POST', '/whatsapp_cloud/phones', { name: 'New', address: '+201000000009' });
  const closed = await send({ to: '+201000000009', type: 'text', text: { body: 'hi' } });
  assert.equal(closed.status, 400);
  assert.equal(at(closed.body, 'error.code'), 131047);
  assert.equal(
    (
      await send({
        to: '+201000000009',
        type: 'template',
        template: { name: 'hello_world', language: { code: 'en_US' } },
      })
    ).status,
    200,
  );
  await rig.webhooks(2);
  rig.received.length = 0;
  const nobody = await send({
    to: '+201999999999',
    type: 'template',
    template: { name: 'hello_world', language: { code: 'en_US' } },
  });
  assert.equal(nobody.status, 200);
  const [failed] = statuses(await rig.webhooks(1));
  assert.equal(at(failed, 'status'), 'failed');
  assert.equal(at(failed, 'errors.0.code'), 131026);
  assert.equal(at(failed, 'recipient_user_id'), undefined);
  assert.equal(at(rig.received[0]?.body, 'entry.0.changes.0.value.contacts'), undefined);
});

test('a closed window may also be told late, by a fault', async () => {
  await rig.call('POST', '/whatsapp_cloud/faults', { asynchronous: true });
  const answer = await send({
    to: '+201000000009',
    type: 'text',
    text: { body: 'hi' },
    biz_opaque_callback_data: 'ref',
  });
  assert.equal(answer.status, 200);
  const [failed] = statuses(await rig.webhooks(1));
  assert.equal(at(failed, 'errors.0.code'), 131047);
  assert.equal(at(failed, 'biz_opaque_callback_data'), 'ref');
});
