import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud, patch } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { comesDue, later } from '../support/later.ts';
import { signIn } from '../support/people.ts';
import { clearFaults, customer, fault, requestsOf, write, textsTo } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { whenMessage, errorOf } from '../support/sends.ts';
import { heldUntil, lastWrote, storedItems, dueOf } from '../support/table.ts';
import { conversationWith } from '../support/conversations.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const meta = accountOf(nile, 'whatsapp_cloud');
const page = accountOf(nile, 'messenger');
const HOUR = 3_600_000;
const template = { name: 'order_update', language: 'en_US', parameters: ['Mona', 'A1'] };

suite('F25: the window closes before a message leaves', () => {
  after(() => cloud.close());
  beforeEach(() => clearFaults(cloud, 'whatsapp_cloud'));

  test('refused while it is accepted, when the window is closed already', async () => {
    const { phone, conversation } = await known('+201542500001');
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    const answer = await send(phone, 'Too late');
    assert.deepEqual([answer.status, answer.body['code']], [422, 'window_closed']);
    assert.equal((await send(phone, undefined, { template })).status, 200, 'a template goes at any time');
    assert.equal(await asked('Too late'), 0);
  });

  test('what is as near to the end as clocks differ, and what nothing is known of, is left to the provider', async () => {
    const { phone, conversation } = await known('+201542500002');
    assert.equal((await sentOnTheBrink(phone, conversation)).status, 200);
    const answer = await send({ address: '+201542500099' }, 'Never wrote');
    assert.equal(answer.status, 200);
    const failed = await whenMessage(cloud, nile, answer.body['message'] as Row, 'FAILED');
    assert.equal(errorOf(failed)['provider_code'], '131047');
  });

  test('refused when its time comes: FAILED window_closed, and the provider is never asked', async () => {
    const { phone, conversation } = await known('+201542500003');
    const row = await schedule(phone, 'Tomorrow');
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    await comesDue(cloud, row);
    const failed = await whenMessage(cloud, nile, row, 'FAILED');
    assert.deepEqual(
      [errorOf(failed)['code'], errorOf(failed)['class'], errorOf(failed)['provider_code']],
      ['window_closed', 'window_closed', null],
    );
    assert.equal(await asked('Tomorrow'), 0);
  });

  test('held until the customer writes again, and then sent in the order in which it was written', async () => {
    const { phone, conversation } = await known('+201542500004');
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    const held: Row[] = [];
    for (const text of ['Held 1', 'Held 2', 'Held 3'])
      held.push((await send(phone, text, { on_window_closed: 'hold' })).body['message'] as Row);
    await eventually('all are held', async () => (await dueOf(cloud, held)).every((due) => due === 'window'));
    assert.equal((await rows(cloud, nile, `messages?id=eq.${held[0]?.id}`))[0]?.['status'], 'PENDING');
    assert.equal(await asked('Held'), 0);
    await write(cloud, meta, phone, 'I am back');
    for (const row of held) assert.equal((await whenMessage(cloud, nile, row, 'DELIVERED'))['attempt'], 1);
    assert.deepEqual(await textsTo(cloud, meta, phone), ['Held 1', 'Held 2', 'Held 3']);
    await cloud.drain();
    const item = (await storedItems(cloud)).find(({ pk, sk }) => sk === 'conversation' && pk.includes(conversation.id));
    assert.equal(item?.['held'], undefined, 'and nobody pays for it from now on');
  });

  test('a customer who writes while messages are being held loses none of them', async () => {
    const { phone, conversation } = await known('+201542500005');
    for (let round = 0; round < 4; round++) {
      await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
      const text = `Race ${round}`;
      const [answer] = await Promise.all([
        send(phone, text, { on_window_closed: 'hold' }),
        new Promise((done) => void setTimeout(done, round * 40)).then(() => write(cloud, meta, phone, 'Now')),
      ]);
      await whenMessage(cloud, nile, answer.body['message'] as Row, 'DELIVERED');
    }
    assert.deepEqual(await textsTo(cloud, meta, phone), ['Race 0', 'Race 1', 'Race 2', 'Race 3']);
  });

  test('held for as long as it is told, then FAILED; and it can be taken back before', async () => {
    const { phone, conversation } = await known('+201542500006');
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    const policy = { on_window_closed: { hold: { hours: 1 } } };
    const [waiting, taken] = [await send(phone, 'Patience', policy), await send(phone, 'Taken back', policy)].map(
      ({ body }) => body['message'] as Row,
    ) as [Row, Row];
    await eventually('both are held', async () =>
      (await dueOf(cloud, [waiting, taken])).every((due) => due === 'window'),
    );
    assert.equal((await ask(cloud, nile, '/rest/v1/rpc/cancel_message', { message_id: taken.id })).status, 200);
    const wake = { organizationId: nile.id, messageId: waiting.id, due: 'window' };
    await invoke(cloud, 'SchedulingScheduler', wake);
    assert.deepEqual(await dueOf(cloud, [waiting]), ['window'], 'a schedule that comes early ends nothing');
    await heldUntil(cloud, waiting, Date.now() - 1000);
    await invoke(cloud, 'SchedulingScheduler', wake);
    assert.equal(errorOf(await whenMessage(cloud, nile, waiting, 'FAILED'))['code'], 'window_closed');
    await write(cloud, meta, phone, 'Too late');
    await cloud.drain();
    assert.deepEqual(await textsTo(cloud, meta, phone), []);
  });

  test('the named template goes instead, and says so', async () => {
    const { phone, conversation } = await known('+201542500007');
    const row = await schedule(phone, 'Your order', { on_window_closed: { template } });
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    await comesDue(cloud, row);
    const sent = await whenMessage(cloud, nile, row, 'DELIVERED');
    assert.equal(sent['type'], 'template');
    assert.match(String(sent['degraded']), /^Sent as template 'order_update'/);
    assert.equal(await asked('Your order'), 0);
  });

  test('a template that the account does not have fails before the provider is asked', async () => {
    await ask(cloud, nile, '/rest/v1/rpc/sync_templates', { channel_account_id: meta.id });
    const { phone, conversation } = await known('+201542500008');
    const policy = { on_window_closed: { template: { ...template, name: 'no_such' } } };
    const row = await schedule(phone, 'No template', policy);
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    await comesDue(cloud, row);
    const failed = await whenMessage(cloud, nile, row, 'FAILED');
    assert.deepEqual([errorOf(failed)['class'], errorOf(failed)['provider_code']], ['template_problem', null]);
    const few = { on_window_closed: { template: { ...template, parameters: ['Mona'] } } };
    for (const [asked, code, details] of [
      [policy, 'template_missing', 'on_window_closed.template'],
      [few, 'template_values', 'on_window_closed.template.parameters'],
    ] as const) {
      const known = await send(phone, 'Known by now', asked);
      assert.deepEqual([known.status, known.body['code'], known.body['details']], [422, code, details]);
      assert.match(String(known.body['message']), new RegExp(`^'${details}'`));
    }
  });

  test('an account’s policy goes before its organization’s, and a send’s before both', async () => {
    await patch(cloud, gulf, 'organization_settings', { window_policy: 'hold' });
    const { phone, conversation } = await known('+971542500009', gulf);
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    const status = async (text: string, more: object = {}) => (await send(phone, text, more, gulf)).status;
    const account = (settings: object) =>
      patch(cloud, gulf, `channel_accounts?id=eq.${accountOf(gulf, 'whatsapp_cloud').id}`, { settings });
    assert.equal(await status('Organization holds'), 200);
    await account({ window_policy: 'refuse' });
    assert.equal(await status('Account refuses'), 422);
    assert.equal(await status('Send holds', { on_window_closed: 'hold' }), 200);
    await account({});
    assert.equal(await status('Send refuses', { on_window_closed: 'refuse' }), 422);
    const wrong = await send(phone, 'What?', { on_window_closed: { wait: true } }, gulf);
    assert.deepEqual([wrong.status, wrong.body['details']], [400, 'on_window_closed.wait']);
  });

  test('the provider’s own word that the window is closed counts as well', async () => {
    const { phone } = await known('+201542500010');
    await fault(cloud, 'whatsapp_cloud', { code: 131047 });
    const answer = await send(phone, 'Provider says no', { on_window_closed: 'hold' });
    const row = answer.body['message'] as Row;
    await eventually('it is held', async () => (await dueOf(cloud, [row]))[0] === 'window');
    await write(cloud, meta, phone, 'Here I am');
    await whenMessage(cloud, nile, row, 'DELIVERED');
    assert.deepEqual(await textsTo(cloud, meta, phone), ['Provider says no']);
  });

  test('one that the provider sends back to wait has no more time than it had', async () => {
    const { phone, conversation } = await known('+201542500011');
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    const row = (await send(phone, 'Twice held', { on_window_closed: 'hold' })).body['message'] as Row;
    await eventually('it is held', async () => (await dueOf(cloud, [row]))[0] === 'window');
    const until = Date.now() + HOUR;
    await heldUntil(cloud, row, until);
    await fault(cloud, 'whatsapp_cloud', { code: 131047 });
    await write(cloud, meta, phone, 'A word');
    await eventually('the provider says no', async () => (await asked('Twice held')) === 1);
    await cloud.drain();
    assert.deepEqual(await dueOf(cloud, [row]), ['window']);
    const item = (await storedItems(cloud)).find(({ sk }) => sk === `message#${row.id.slice(4, 40)}`);
    assert.equal(item?.['held'], until);
  });

  test('a template that the provider says the window is closed for has failed: there is nothing to put in its place', async () => {
    const { phone } = await known('+201542500012');
    await fault(cloud, 'whatsapp_cloud', { code: 131047 });
    const answer = await send(phone, undefined, { template, on_window_closed: 'hold' });
    const failed = await whenMessage(cloud, nile, answer.body['message'] as Row, 'FAILED');
    assert.deepEqual([errorOf(failed)['class'], errorOf(failed)['provider_code']], ['window_closed', '131047']);
  });

  test('Messenger’s window is as long as its tag for what a person answers', async () => {
    const phone = await customer(cloud, page, '6012345678901001');
    const conversation = await conversationWith(cloud, nile, phone, page);
    const { access_token } = await signIn(cloud, nile);
    const answer = (message: string) =>
      ask(
        cloud,
        undefined,
        '/functions/v1/messenger-send',
        { conversation_id: conversation.id, message },
        { headers: { 'X-API-Key': '', Authorization: `Bearer ${access_token}` } },
      );
    await lastWrote(cloud, conversation, Date.now() - 100 * HOUR);
    const sent = await answer('From Sara herself');
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    await whenMessage(cloud, nile, sent.body['message'] as Row, 'DELIVERED');
    assert.deepEqual(await typesOf('From Sara herself'), [['MESSAGE_TAG', 'HUMAN_AGENT']]);
    await lastWrote(cloud, conversation, Date.now() - 169 * HOUR);
    const refused = await answer('After a week');
    assert.equal(refused.status, 422);
    assert.match(String(refused.body['message']), /for 168 hours/);
  });

  test('what a program sends has 24 hours, and the tag only where the program asks for it', async () => {
    const phone = await customer(cloud, page, '6012345678901002');
    const conversation = await conversationWith(cloud, nile, phone, page);
    const answer = (message: string, more: object = {}) =>
      ask(cloud, nile, '/functions/v1/messenger-send', { conversation_id: conversation.id, message, ...more });
    const scheduled = (await answer('By a program, later', { scheduled_at: later() })).body['message'] as Row;
    await cloud.drain();
    await lastWrote(cloud, conversation, Date.now() - 25 * HOUR);
    const refused = await answer('By a program');
    assert.deepEqual([refused.status, refused.body['code']], [422, 'window_closed']);
    assert.match(String(refused.body['message']), /for 24 hours/);
    await comesDue(cloud, scheduled);
    const error = errorOf(await whenMessage(cloud, nile, scheduled, 'FAILED'));
    assert.deepEqual([error['class'], error['provider_code']], ['window_closed', null]);
    const sent = await answer('Asked for', { options: { tag: 'HUMAN_AGENT' } });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    await whenMessage(cloud, nile, sent.body['message'] as Row, 'DELIVERED');
    assert.deepEqual(await typesOf('By a program'), []);
    assert.deepEqual(await typesOf('Asked for'), [['MESSAGE_TAG', 'HUMAN_AGENT']]);
  });
});

async function known(address: string, organization = nile): Promise<{ phone: Phone; conversation: Row }> {
  const account = accountOf(organization, 'whatsapp_cloud');
  const phone = await customer(cloud, account, address);
  return { phone, conversation: await conversationWith(cloud, organization, phone, account) };
}

function send(phone: Pick<Phone, 'address'>, message: string | undefined, more: object = {}, organization = nile) {
  const words = message === undefined ? {} : { message };
  return ask(cloud, organization, '/functions/v1/whatsapp-cloud-send', { to: phone.address, ...words, ...more });
}

/** Sends in the first two seconds after a window has closed; once more where this machine needed longer. */
async function sentOnTheBrink(phone: Phone, conversation: Row): Promise<Answer> {
  const closed = Date.now();
  await lastWrote(cloud, conversation, closed - 24 * HOUR);
  const answer = await send(phone, 'On the brink');
  return Date.now() - closed <= 2000 ? answer : sentOnTheBrink(phone, conversation);
}

/** For later, so that what is to happen before its time does. */
async function schedule(phone: Phone, message: string, more: object = {}): Promise<Row> {
  const answer = await send(phone, message, { scheduled_at: later(), ...more });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  // its conversation counts it, and is not written from then on
  await cloud.drain();
  return answer.body['message'] as Row;
}

async function asked(text: string): Promise<number> {
  const requests = await requestsOf(cloud, 'whatsapp_cloud');
  return requests.filter(({ body }) => JSON.stringify(body).includes(text)).length;
}

/** What Messenger was told of the type of a message with these words. */
async function typesOf(text: string): Promise<unknown[]> {
  const requests = await requestsOf(cloud, 'messenger');
  return requests
    .filter(({ body }) => JSON.stringify(body).includes(text))
    .map(({ body }) => [body['messaging_type'], body['tag']]);
}
