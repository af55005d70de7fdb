import assert from 'node:assert/strict';
import test, { after, suite } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { comesDue, later } from '../support/later.ts';
import { clearFaults, fault, requestsOf, thread } from '../support/phones.ts';
import { historyOf, whenMessage } from '../support/sends.ts';

const mona = { id: 'mona', address: '900000001' };
const channel = 'web_push';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, channel);

suite('web push, from a subscription to a tap', () => {
  after(() => cloud.close());
  let conversation: Row;

  async function push(request: object): Promise<Answer> {
    return ask(cloud, nile, '/functions/v1/web-push-send', { conversation_id: conversation.id, ...request });
  }

  async function pushed(request: object): Promise<Row> {
    const answer = await push(request);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body['message'] as Row;
  }

  test('a customer who subscribes begins a conversation, once', async () => {
    await act({ type: 'unblock' });
    await act({ type: 'unblock' });
    conversation = await eventually('the conversation', async () => {
      const [found] = await rows(cloud, nile, `conversations?channel_account_id=eq.${account.id}`);
      return found;
    });
    const [message, ...more] = await received();
    assert.deepEqual([message?.['type'], message?.['message']], ['system', 'Subscribed to notifications']);
    assert.deepEqual(more, []);
    const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(conversation['contact_id'])}`);
    assert.equal(contact?.['name'], 'Mona Hassan');
  });

  test('what the business sends is delivered, and read when the customer taps it', async () => {
    // else what the customer's device reports may be quicker than the push service's own answer
    await fault(cloud, channel, { hold_receipts: true });
    const sent = await pushed({ message: 'مرحبا بك' });
    await whenMessage(cloud, nile, sent, 'SENT');
    await clearFaults(cloud, channel);
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    const shown = (await thread(cloud, account, mona)).find(({ text }) => text === 'مرحبا بك');
    assert.ok(shown);
    await act({ type: 'tap', message_id: shown.id, id: 'click' });
    const read = await whenMessage(cloud, nile, sent, 'READ');
    assert.deepEqual(historyOf(read), ['PENDING', 'SENT', 'DELIVERED', 'READ']);
    assert.equal(read['provider_message_id'], `${sent.id}.1`);
  });

  test('a tap on a button is an answer to the message', async () => {
    const buttons = [
      { id: 'yes', title: 'نعم' },
      { id: 'no', title: 'لا' },
    ];
    const sent = await pushed({ message: 'هل تؤكد؟', interactive: { kind: 'buttons', buttons, header: 'طلبك' } });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    await act({ type: 'tap', message_id: `${sent.id}.1`, id: 'yes' });
    await whenMessage(cloud, nile, sent, 'READ');
    const answer = (await received()).at(-1);
    assert.deepEqual(answer?.['interactive'], { kind: 'reply', id: 'yes', title: 'نعم' });
    assert.deepEqual([answer?.['reply_to_id'], answer?.['conversation_id']], [sent.id, conversation.id]);
  });

  test('an answer of the push service that is lost is settled by the worker', async () => {
    await fault(cloud, channel, { lose_answer: true });
    const sent = await pushed({ message: 'lost answer' });
    const delivered = await whenMessage(cloud, nile, sent, 'DELIVERED');
    assert.equal(delivered['attempt'], 1);
    assert.equal((await thread(cloud, account, mona)).filter(({ text }) => text === 'lost answer').length, 1);
  });

  test('a push service that is busy is asked again when it says', async () => {
    await fault(cloud, channel, { status: 429, headers: { 'Retry-After': '1' } });
    const sent = await pushed({ message: 'later' });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
  });

  test('what would not fit into a notification is refused before it is stored', async () => {
    const answer = await push({ message: 'x'.repeat(1501) });
    assert.deepEqual([answer.status, answer.body['code']], [422, 'too_long']);
  });

  test('receipts without the token of their push, and subscriptions from elsewhere, are nobody’s', async () => {
    const sent = await pushed({ message: 'not to be forged' });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    const tell = (body: object, origin: string) =>
      fetch(account.webhook_url, { method: 'POST', headers: { origin }, body: JSON.stringify(body) });
    const token = Buffer.alloc(16).toString('base64url');
    const forged = await tell({ event: 'clicked', key: account.public_key, id: `${sent.id}.1`, token }, account.origin);
    const keys = { p256dh: account.public_key, auth: token };
    const subscription = { endpoint: 'https://fcm.googleapis.com/fcm/send/x', keys };
    const event = { event: 'subscribed', key: account.public_key, subscription };
    assert.deepEqual([forged.status, (await tell(event, 'https://evil.example')).status], [401, 401]);
    assert.equal((await tell(event, account.origin)).status, 200);
  });

  test('what the sender says of its notification is what the browser gets', async () => {
    const options = { ttl: 60, urgency: 'low', topic: 'offers', tag: 'offers', image: 'https://nile.example/o.png' };
    const first = await pushed({ message: 'Offer of the day', options });
    await whenMessage(cloud, nile, first, 'DELIVERED');
    const second = await pushed({
      message: 'عرض اليوم',
      options: { ...options, renotify: true, dir: 'rtl', lang: 'ar' },
    });
    await whenMessage(cloud, nile, second, 'DELIVERED');
    const shown = (await thread(cloud, account, mona)).filter(({ id }) =>
      [first.id, second.id].some((one) => id.startsWith(one)),
    );
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['عرض اليوم'],
      'the second took the place of the first',
    );
    const asked = (await requestsOf(cloud, channel)).at(-1) as unknown as {
      headers: Record<string, string>;
      path: string;
    };
    assert.deepEqual([asked.headers['ttl'], asked.headers['urgency'], asked.headers['topic']], ['60', 'low', 'offers']);
    assert.match(asked.path, /^\/updates\.push\.services\.mozilla\.com\/wpush\/v2\//);
    const wrong = await push({ message: 'a', options: { topic: 'not base64url!' } });
    assert.deepEqual([wrong.status, wrong.body['details']], [400, 'options.topic']);
  });

  test('a customer who closes a notification has got it', async () => {
    await fault(cloud, channel, { hold_receipts: true });
    const sent = await whenMessage(cloud, nile, await pushed({ message: 'to be closed' }), 'SENT');
    await act({ type: 'tap', message_id: `${sent.id}.1`, id: 'close' });
    const closed = await whenMessage(cloud, nile, sent, 'DELIVERED');
    assert.equal(Object((closed['status_history'] as Row[]).at(-1))['detail'], 'closed');
    await clearFaults(cloud, channel);
  });

  test('who unsubscribes gets nothing more, and is the same customer when they come back', async () => {
    const asked = async () => (await requestsOf(cloud, channel)).length;
    await act({ type: 'block' });
    const before = await asked();
    const lost = await push({ message: 'too late' });
    assert.deepEqual([lost.status, lost.body['code']], [422, 'gone']);
    assert.equal(await asked(), before);
    await act({ type: 'unblock' });
    const lines = ['Unsubscribed from notifications', 'Subscribed to notifications'];
    await eventually('both changes in the same conversation', async () => {
      const own = await rows(cloud, nile, `messages?conversation_id=eq.${conversation.id}&order=created_at.asc`);
      const last = own.filter(({ type }) => type === 'system').slice(1);
      return last.length === 2 && last.every((row, index) => row['message'] === lines[index]);
    });
    await cloud.drain();
    await whenMessage(cloud, nile, await pushed({ message: 'welcome back' }), 'DELIVERED');
    const contact = conversation['contact_id'];
    const byContact = await ask(cloud, nile, '/functions/v1/web-push-send', {
      contact_id: contact,
      message: 'you again',
    });
    assert.equal(byContact.status, 200, JSON.stringify(byContact.body));
    await whenMessage(cloud, nile, byContact.body['message'] as Row, 'DELIVERED');
    // the subscription that they ended is gone for good, and is no longer where they are
    assert.deepEqual(await rows(cloud, nile, `opt_outs?contact_id=eq.${String(contact)}&active=is.true`), []);
  });

  test('what was scheduled goes to the subscription that the browser has by then', async () => {
    const message = await pushed({ message: 'in a while', scheduled_at: later() });
    await act({ type: 'block' });
    await act({ type: 'unblock' });
    await cloud.drain();
    await comesDue(cloud, message);
    await whenMessage(cloud, nile, message, 'DELIVERED');
  });
});

async function act(body: object): Promise<void> {
  const path = `${channel}/phones/${mona.id}/messages`;
  const done = (await control(cloud, path, 'POST', { account: account.external_id, body })) as Row;
  assert.equal(done['webhook_status'], 200, JSON.stringify(done));
}

function received(): Promise<Row[]> {
  return rows(cloud, nile, `messages?channel=eq.${channel}&direction=eq.INBOUND&order=created_at.asc`);
}
