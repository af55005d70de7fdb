import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud, someRows } from '../support/cloud.ts';
import { freshMid, metaWebhook } from '../support/meta.ts';
import {
  addPhone,
  answerAtLast,
  clearFaults,
  customer,
  fault,
  HELD_MS,
  requestsOf,
  thread,
  write,
} from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { post } from '../support/webhooks.ts';
import type { Organization } from '../support/cloud.ts';

const channel = 'messenger';
const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const account = accountOf(nile, channel);

describe('Messenger', () => {
  after(() => cloud.close());

  test('a customer writes, the business answers, and the answer is seen', async () => {
    const phone = await addPhone(cloud, channel, '7100000000000001');
    await write(cloud, account, phone, 'هل الطلب جاهز؟ ☕');
    const [received] = await someRows(cloud, nile, 'messages?message=eq.هل الطلب جاهز؟ ☕');
    assert.deepEqual([received?.['direction'], received?.['type']], ['INBOUND', 'text']);
    // else the report may be quicker than the answer to the send
    await fault(cloud, channel, { hold_receipts: true });
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'نعم، تفضل' });
    assert.equal(sent['conversation_id'], received?.['conversation_id']);
    await whenMessage(cloud, nile, sent, 'SENT');
    await clearFaults(cloud, channel);
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    await control(cloud, `${channel}/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
    const read = await whenMessage(cloud, nile, sent, 'READ');
    assert.deepEqual(historyOf(read), ['PENDING', 'SENT', 'DELIVERED', 'READ']);
    assert.match(String(read['provider_message_id']), /^m_/);
    assert.deepEqual(
      (await thread(cloud, account, phone)).map(({ text }) => text),
      ['هل الطلب جاهز؟ ☕', 'نعم، تفضل'],
    );
    assert.equal((await rows(cloud, nile, `messages?conversation_id=eq.${String(sent['conversation_id'])}`)).length, 2);
  });

  test('what is sent into an open thread is read at once', async () => {
    const phone = await customer(cloud, account, '7100000000000002');
    await control(cloud, `${channel}/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
    for (const message of ['one', 'two', 'three']) {
      const sent = await sendText(cloud, nile, { channel, to: phone.address, message });
      await whenMessage(cloud, nile, sent, 'READ');
    }
  });

  test('what overtakes the answer finds its message by our reference, whatever it shows of it', async () => {
    const phone = await customer(cloud, account, '7100000000000003');
    await control(cloud, `${channel}/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
    await fault(cloud, channel, { path: '/messages', delay_ms: HELD_MS });
    const template = { name: 'order_update', language: 'en', parameters: ['42', 'on its way'] };
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'Order 42', template });
    const read = await whenMessage(cloud, nile, sent, 'READ');
    await clearFaults(cloud, channel);
    assert.match(String(read['provider_message_id']), /^m_/);
    assert.equal((await requested('on its way')).length, 1);
    assert.equal((await rows(cloud, nile, `messages?conversation_id=eq.${String(sent['conversation_id'])}`)).length, 2);
  });

  test('a read that overtakes the answer waits for it', async () => {
    const phone = await customer(cloud, account, '7100000000000009');
    await fault(cloud, channel, { reorder_webhooks: true, times: 9 });
    await fault(cloud, channel, { path: '/messages', delay_ms: HELD_MS });
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'Read early' });
    await requested('Read early');
    const read = { read: { watermark: Date.now() } };
    assert.equal((await post(metaWebhook(account, phone.address, read))).status, 200);
    assert.equal((await whenMessage(cloud, nile, sent, () => true))['status'], 'PENDING', 'there is no answer yet');
    await answerAtLast(cloud, channel);
    assert.deepEqual(historyOf(await whenMessage(cloud, nile, sent, 'READ')), ['PENDING', 'SENT', 'READ']);
    await clearFaults(cloud, channel);
    await whenMessage(cloud, nile, sent, (row) => historyOf(row).includes('DELIVERED'));
  });

  test('a read reaches a message that the customer has written a page behind', async () => {
    const phone = await customer(cloud, account, '7100000000000010');
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'Read late' });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    const written = Array.from({ length: 50 }, (_, index) => ({ message: { mid: freshMid(), text: `line ${index}` } }));
    await Promise.all(written.map((event) => post(metaWebhook(account, phone.address, event))));
    assert.equal((await post(metaWebhook(account, phone.address, { read: { watermark: Date.now() } }))).status, 200);
    await whenMessage(cloud, nile, sent, 'READ');
  });

  test('an answer that is lost is settled by the echo, and nothing is sent twice', async () => {
    const phone = await customer(cloud, account, '7100000000000004');
    await fault(cloud, channel, { path: '/messages', lose_answer: true });
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'Lost words' });
    const row = await whenMessage(cloud, nile, sent, 'DELIVERED');
    assert.match(String(row['provider_message_id']), /^m_/);
    assert.equal((await requested('Lost words')).length, 1);
    assert.equal((await thread(cloud, account, phone)).length, 2);
  });

  test('after 24 hours of silence the receipt says that the window is closed', async () => {
    const phone = await customer(cloud, account, '7100000000000005');
    const error = { message: 'outside of allowed window', type: 'OAuthException', code: 10, error_subcode: 2018278 };
    await fault(cloud, channel, { path: '/messages', status: 400, body: { error } });
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'Too late' });
    const failed = await whenMessage(cloud, nile, sent, 'FAILED');
    const { class: kind, provider_code: code } = failed['error'] as Record<string, unknown>;
    assert.deepEqual([kind, code], ['window_closed', '10/2018278']);
    await clearFaults(cloud, channel);
  });

  test('what is written in the page inbox stands once in the conversation, however often it is echoed', async () => {
    const phone = await customer(cloud, account, '7100000000000006');
    const message = { mid: freshMid(), text: 'From the page inbox', is_echo: true, app_id: 26390203743090 };
    const echo = metaWebhook(account, phone.address, { message }, { echo: true });
    for (const _ of [1, 2, 3]) assert.equal((await post(echo)).status, 200);
    const [row, ...more] = await someRows(cloud, nile, 'messages?message=eq.From the page inbox');
    assert.deepEqual([row?.['direction'], row?.['status'], more.length], ['OUTBOUND', 'SENT', 0]);
  });

  test('a photo is fetched and kept; a tap comes back as the answer', async () => {
    const phone = await customer(cloud, account, '7100000000000007');
    const path = `${channel}/phones/${phone.id}/messages`;
    const act = (body: object): Promise<unknown> =>
      control(cloud, path, 'POST', { account: account.external_id, body });
    await act({ type: 'image' });
    await eventually('the photo', async () =>
      (await rows(cloud, nile, 'messages?type=eq.image')).some(
        ({ media }) => (media as { status: string }).status === 'ready',
      ),
    );
    const interactive = { kind: 'buttons', buttons: [{ id: 'TRACK', title: 'Track it' }] };
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'And now?', interactive });
    const { provider_message_id: id } = await whenMessage(cloud, nile, sent, 'DELIVERED');
    await act({ type: 'tap', message_id: id, id: 'TRACK' });
    const [tap] = await someRows(cloud, nile, 'messages?type=eq.interactive&direction=eq.INBOUND');
    assert.deepEqual(tap?.['interactive'], { kind: 'reply', id: 'TRACK', title: 'Track it' });
  });

  test('a webhook of one page reaches its own organization only, and a forged one nobody', async () => {
    const theirs = accountOf(gulf, channel);
    const event = { message: { mid: freshMid(), text: 'For Gulf only' } };
    assert.equal((await post(metaWebhook(theirs, '7100000000000008', event))).status, 200);
    const path = 'messages?message=eq.For Gulf only';
    await eventually('the message', async () => (await rows(cloud, gulf, path)).length === 1);
    assert.equal((await rows(cloud, nile, path)).length, 0);
    const forged = metaWebhook({ ...theirs, app_secret: 'guessed' }, '7100000000000008', event);
    assert.equal((await post(forged)).status, 401);
  });

  test('the subscription check passes', async () => {
    const path = `${channel}/accounts/${account.external_id}/verify`;
    assert.deepEqual(await control(cloud, path, 'POST', {}), { verified: true });
  });

  test('a recipient or text that Messenger would refuse is refused at once', async () => {
    for (const request of [
      { to: '+201000000001', message: 'hi' },
      { to: '7100000000000001', message: 'x'.repeat(2001) },
    ])
      assert.equal((await ask(cloud, nile, '/functions/v1/messenger-send', request)).status, 422);
  });
});

function requested(text: string) {
  return eventually('the request', async () => {
    const requests = (await requestsOf(cloud, channel)).filter(({ body }) => JSON.stringify(body).includes(text));
    return requests.length > 0 && requests;
  });
}
