import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { createBroadcast, messagesOf, tell, uploadCsv, whenBroadcast } from '../support/broadcasts.ts';
import { accountOf, ask, eventually, rows, rpc, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { comesDue, later } from '../support/later.ts';
import { customer, requestsOf } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { seriesOf, thisSecond } from '../support/series.ts';
import { timeOf } from '../support/wall-clock.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const HOUR = 3_600_000;
const MINUTE = 60_000;
const end = Math.floor((Date.now() + 2 * HOUR) / MINUTE) * MINUTE;
const now = { from: timeOf(Date.now() - HOUR), to: timeOf(end) };

suite('quiet hours', () => {
  after(() => cloud.close());

  test('what was to leave within them is held at its time until they end, and an answer goes', async () => {
    const phone = await customer(cloud, accountOf(gulf, 'telegram'), '770000001');
    const offer = await sendText(cloud, gulf, {
      channel: 'telegram',
      to: phone.address,
      message: 'Offer',
      scheduled_at: later(),
    });
    await set(gulf, { quiet_hours: now });
    await comesDue(cloud, offer);
    await eventually('it is put off', async () => {
      const [row] = await rows(cloud, gulf, `messages?id=eq.${offer.id}`);
      return row?.['status'] === 'PENDING' && Date.parse(String(row['scheduled_at'])) === end;
    });
    const answer = await sendText(cloud, gulf, { channel: 'telegram', to: phone.address, message: 'Answer' });
    await whenMessage(cloud, gulf, answer, 'SENT');
    assert.deepEqual(await asked('telegram', ['Offer', 'Answer']), [0, 1]);
    const listed = await rows(cloud, gulf, 'scheduled_messages');
    assert.deepEqual(
      listed.map(({ id }) => id),
      [offer.id],
    );
  });

  test('what is accepted for a time within them is one for their end', async () => {
    const row = await sendText(cloud, gulf, {
      channel: 'sms',
      to: '+971507000001',
      message: 'Soon',
      scheduled_at: new Date(Date.now() + HOUR).toISOString(),
    });
    assert.equal(Date.parse(String(row['scheduled_at'])), end);
    assert.deepEqual(row['waiting_for'], { reason: 'scheduled', until: row['scheduled_at'] });
  });

  test('what is given another time within them is for their end too', async () => {
    const scheduled_at = new Date(end + HOUR).toISOString();
    const row = await sendText(cloud, gulf, { channel: 'sms', to: '+971507000009', message: 'Moved', scheduled_at });
    const moved = await move(gulf, row, Date.now() + HOUR);
    assert.equal(Date.parse(String(moved.body['scheduled_at'])), end, JSON.stringify(moved.body));
  });

  test('a message of a series is held until their end', async () => {
    const phone = await customer(cloud, accountOf(gulf, 'telegram'), '770000002');
    const { begin, rewind, fire, messages } = seriesOf(cloud, gulf);
    const daily = { recurrence: 'FREQ=DAILY', timezone: 'UTC', scheduled_at: later() };
    const series = await begin({ to: phone.address, message: 'Each day', ...daily });
    await rewind(series, thisSecond());
    await fire(series);
    const [held] = await eventually('it is put off', async () => {
      const made = await messages(series);
      return made.length > 0 && made.every((row) => Date.parse(String(row['scheduled_at'])) === end) && made;
    });
    assert.deepEqual([held?.['status'], await asked('telegram', ['Each day'])], ['PENDING', [0]]);
  });

  test('a broadcast stays in its queue, and costs nothing while it does', async () => {
    const upload_id = await uploadCsv(cloud, gulf, 'to\n+971507000002\n+971507000003\n');
    const made = await createBroadcast(cloud, gulf, {
      channel: 'sms',
      channel_account_id: accountOf(gulf, 'sms').id,
      content: { message: 'Sale' },
      audience: { kind: 'file', upload_id },
    });
    await whenBroadcast(cloud, gulf, made, 'READY');
    await tell(cloud, gulf, 'start', made);
    await eventually('its messages are made', async () => (await messagesOf(cloud, gulf, made)).length === 2);
    await cloud.drain();
    assert.deepEqual(await asked('sms', ['Sale']), [0]);
    for (const row of await messagesOf(cloud, gulf, made))
      assert.deepEqual([row['status'], row['attempt']], ['PENDING', 1]);
  });

  test('where they refuse, they do so at once, for the messages they are for', async () => {
    await set(nile, { quiet_hours: { ...now, lanes: ['single', 'scheduled'], policy: 'refuse' } });
    const to = '+201070000001';
    const single = await ask(cloud, nile, '/functions/v1/sms-send', { to, message: 'Now' });
    assert.deepEqual([single.status, single.body['code']], [422, 'quiet_hours']);
    const scheduled_at = new Date(Date.now() + HOUR).toISOString();
    const scheduled = await ask(cloud, nile, '/functions/v1/sms-send', { to, message: 'Soon', scheduled_at });
    assert.deepEqual(
      [scheduled.status, scheduled.body['code'], scheduled.body['details']],
      [422, 'quiet_hours', 'scheduled_at'],
    );
    const after = new Date(end + HOUR).toISOString();
    const later = await ask(cloud, nile, '/functions/v1/sms-send', { to, message: 'Later', scheduled_at: after });
    assert.equal(later.status, 200);
    const moved = await move(nile, later.body['message'] as Row, Date.now() + HOUR);
    assert.deepEqual([moved.status, moved.body['code'], moved.body['details']], [422, 'quiet_hours', 'scheduled_at']);
  });

  test('a broadcast does not start within quiet hours that refuse, and stays as it was', async () => {
    await set(nile, { quiet_hours: { ...now, policy: 'refuse' } });
    const made = await createBroadcast(cloud, nile, {
      channel: 'sms',
      channel_account_id: accountOf(nile, 'sms').id,
      content: { message: 'Night sale' },
      audience: { kind: 'file', upload_id: await uploadCsv(cloud, nile, 'to\n+201070000002\n') },
    });
    await whenBroadcast(cloud, nile, made, 'READY');
    const start = (more: object = {}) => rpc(cloud, nile, 'start_broadcast', { id: made.id, ...more });
    const refused = await start();
    assert.deepEqual([refused.status, refused.body['code'], refused.body['details']], [422, 'quiet_hours', null]);
    const within = { scheduled_at: new Date(Date.now() + HOUR).toISOString() };
    const given = {
      ...within,
      channel: 'sms',
      channel_account_id: accountOf(nile, 'sms').id,
      content: { message: 'x' },
    };
    for (const soon of [await start(within), await ask(cloud, nile, '/rest/v1/broadcasts', given)])
      assert.deepEqual([soon.status, soon.body['code'], soon.body['details']], [422, 'quiet_hours', 'scheduled_at']);
    await whenBroadcast(cloud, nile, made, 'READY');
    assert.equal((await start({ scheduled_at: new Date(end + HOUR).toISOString() })).status, 200);
  });

  test('they are the organization’s own to read and to set', async () => {
    const [own] = await rows(cloud, nile, 'organization_settings');
    assert.equal((own?.['quiet_hours'] as Row | undefined)?.['policy'], 'refuse');
    const [other] = await rows(cloud, gulf, 'organization_settings');
    assert.deepEqual(other?.['quiet_hours'], now);
    const wrong = await patch(nile, { quiet_hours: { ...now, policy: 'maybe' } });
    assert.deepEqual([wrong.status, wrong.body['details']], [400, 'quiet_hours.policy']);
    const policy = await patch(nile, { window_policy: { hold: { hours: 0 } } });
    assert.deepEqual([policy.status, policy.body['details']], [400, 'window_policy.hold.hours']);
  });
});

async function set(organization: Organization, settings: object): Promise<void> {
  const answer = await patch(organization, settings);
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
}

function move(organization: Organization, message: Row, at: number) {
  const scheduled_at = new Date(at).toISOString();
  return rpc(cloud, organization, 'reschedule_message', { message_id: message.id, scheduled_at });
}

function patch(organization: Organization, settings: object) {
  const init = { method: 'PATCH', body: JSON.stringify(settings) };
  return ask(cloud, organization, '/rest/v1/organization_settings', undefined, init);
}

async function asked(channel: 'telegram' | 'sms', texts: string[]): Promise<number[]> {
  const bodies = (await requestsOf(cloud, channel)).map(({ body }) => JSON.stringify(body));
  return texts.map((text) => bodies.filter((body) => body.includes(text)).length);
}
