import assert from 'node:assert/strict';
import test from 'node:test';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import { startOpenCloudRig } from './whatsapp-cloud-rig.ts';

const rig = await startOpenCloudRig();

test('a customer edits and takes back what they wrote, and changes their number', async () => {
  const id = await rig.writes();
  await rig.writes({ type: 'edit', message_id: id, text: 'hello *you*' });
  await rig.writes({ type: 'unsend', message_id: id });
  await rig.does('number', { phone: 'mona', address: '+201000000077' });
  await rig.does('number', { phone: 'mona', address: '+201000000001' });
  const events = await rig.events();
  const revisions = events.filter((event) => event.kind === 'revision');
  assert.deepEqual(
    revisions.map(({ providerMessageId, body }) => [providerMessageId, body]),
    [
      [id, { type: 'text', text: 'hello you', entities: [{ type: 'bold', offset: 6, length: 3 }] }],
      [id, null],
    ],
  );
  const moves = events.filter((event) => event.kind === 'identity');
  assert.deepEqual(
    moves.map(({ from, to: after }) => [from.value, after.value]),
    [
      ['+201000000001', '+201000000077'],
      ['+201000000077', '+201000000001'],
    ],
  );
});

test('an edit after a quarter of an hour is too late', async () => {
  const id = await rig.writes();
  rig.pass(15 * 60_000 + 1);
  const path = '/whatsapp_cloud/phones/mona/messages';
  const body = { type: 'edit', message_id: id, text: 'x' };
  assert.equal((await rig.call('POST', path, { account: rig.cloud.external_id, body })).status, 400);
});

test('what the business writes in its phone stands as sent elsewhere; a voice note that is played has been read', async () => {
  await rig.does('echo', { phone: 'mona', text: 'From the phone' });
  const [echo] = await rig.events();
  assert.deepEqual(echo?.kind === 'message' && [echo.direction, echo.body], [
    'OUTBOUND',
    { type: 'text', text: 'From the phone' },
  ]);
  const voice: Body = { type: 'audio', media: { status: 'ready', link: 'https://example.com/a.ogg', voice: true } };
  const receipt = await rig.sendBody(voice);
  assert.ok(receipt.outcome === 'accepted');
  await rig.webhooks(2);
  await rig.does('play', { phone: 'mona', message_id: receipt.providerMessageId });
  const statuses = (await rig.events()).flatMap((event) =>
    event.kind === 'status' ? [[event.status, event.detail]] : [],
  );
  assert.deepEqual(statuses, [
    ['SENT', 'service, free'],
    ['DELIVERED', 'service, free'],
    ['READ', 'played'],
  ]);
});
