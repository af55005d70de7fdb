import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { act, addPhone, answerAtLast, fault, HELD_MS, requestsOf, thread, write } from '../support/phones.ts';
import { historyOf, whenMessage } from '../support/sends.ts';
import { nextAddress, onTikTok } from '../support/tiktok.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const { account, newCustomer, conversationOf, messagesOf, textsOn, send } = onTikTok(cloud, nile);

suite('TikTok', () => {
  after(() => cloud.close());

  test('what a customer writes is in the inbox, under the person, and can be answered', async () => {
    const phone = await newCustomer();
    const conversation = await conversationOf(phone);
    const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(conversation['contact_id'])}`);
    const identities = contact?.['identities'] as { kind: string; value: string }[];
    assert.deepEqual(
      identities.map(({ kind }) => kind),
      ['tiktok_user', 'tiktok_conversation'],
    );
    assert.equal(identities[0]?.value, phone.address);
    const ways = [{ conversation_id: conversation.id }, { to: phone.address }, { contact_id: contact?.id }];
    for (const [index, way] of ways.entries()) {
      const sent = await send({ ...way, message: `answer ${index}` });
      assert.equal(sent['conversation_id'], conversation.id);
      await whenMessage(cloud, nile, sent, 'SENT');
    }
    assert.deepEqual(await textsOn(phone), ['Hello', 'answer 0', 'answer 1', 'answer 2']);
    await cloud.drain();
    assert.equal((await messagesOf(conversation)).length, 4, 'the echoes are no messages of their own');
  });

  test('opening the thread makes what was sent READ', async () => {
    const phone = await newCustomer();
    const first = await whenMessage(cloud, nile, await send({ to: phone.address, message: 'one' }), 'SENT');
    const second = await whenMessage(cloud, nile, await send({ to: phone.address, message: 'two' }), 'SENT');
    await control(cloud, `tiktok/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
    for (const message of [first, second])
      assert.deepEqual(historyOf(await whenMessage(cloud, nile, message, 'READ')), ['PENDING', 'SENT', 'READ']);
  });

  test('who has not written can not be written to', async () => {
    const phone = await addPhone(cloud, 'tiktok', nextAddress());
    const answer = await ask(cloud, nile, '/functions/v1/tiktok-send', { to: phone.address, message: 'hi' });
    assert.deepEqual([answer.status, answer.body['code']], [422, 'customer_writes_first']);
  });

  test('a tap on a button is an answer to it', async () => {
    const phone = await newCustomer();
    const buttons = [{ id: 'b-1', title: 'نعم' }];
    const sent = await send({ to: phone.address, message: 'أكيد؟', interactive: { kind: 'buttons', buttons } });
    const row = await whenMessage(cloud, nile, sent, 'SENT');
    await act(cloud, account, phone, { type: 'tap', message_id: row['provider_message_id'], id: 'b-1' });
    const conversation = await conversationOf(phone);
    const tap = await eventually('the tap', async () => {
      const all = await messagesOf(conversation);
      return all.find(({ direction, type }) => direction === 'INBOUND' && type === 'interactive');
    });
    assert.deepEqual(tap['interactive'], { kind: 'reply', id: 'b-1', title: 'نعم' });
    assert.equal(tap['reply_to_id'], sent.id);
  });

  test('what is typed in the app is in the thread', async () => {
    const phone = await newCustomer();
    const typed = { to: phone.address, text: 'from the counter' };
    await control(cloud, `tiktok/accounts/${account.external_id}/messages`, 'POST', typed);
    const conversation = await conversationOf(phone);
    await eventually('the echo', async () =>
      (await messagesOf(conversation)).some(
        ({ direction, message }) => direction === 'OUTBOUND' && message === 'from the counter',
      ),
    );
  });

  test('an echo that overtakes the answer makes no second message', async () => {
    const phone = await newCustomer();
    await fault(cloud, 'tiktok', { delay_ms: HELD_MS });
    const sent = await whenMessage(cloud, nile, await send({ to: phone.address, message: 'slow' }), 'SENT');
    assert.equal((sent['status_history'] as Row[])[1]?.['detail'], 'echo');
    await answerAtLast(cloud, 'tiktok');
    await cloud.drain();
    const all = await messagesOf(await conversationOf(phone));
    assert.deepEqual(
      all.filter(({ direction }) => direction === 'OUTBOUND').map(({ id }) => id),
      [sent.id],
    );
  });

  test('the customer sees that an agent types, and has read', async () => {
    const phone = await newCustomer();
    const conversation = await conversationOf(phone);
    for (const act of ['typing', 'mark_read']) {
      const done = await ask(cloud, nile, `/rest/v1/rpc/${act}`, { conversation_id: conversation.id });
      assert.ok(done.status < 300, JSON.stringify(done.body));
    }
    const actions = (await requestsOf(cloud, 'tiktok')).flatMap(({ body }) => body?.['sender_action'] ?? []);
    assert.deepEqual(actions, ['TYPING', 'MARK_READ']);
    assert.equal((await thread(cloud, account, phone))[0]?.status, 'read');
  });

  test('a reply quotes, and a post of the business goes by its address or its id', async () => {
    const phone = await newCustomer();
    const [first] = await messagesOf(await conversationOf(phone));
    const quoting = await whenMessage(
      cloud,
      nile,
      await send({ to: phone.address, message: 'this', reply_to: first?.id }),
      'SENT',
    );
    const shown = (await thread(cloud, account, phone)).at(-1) as unknown as { id: string; reply_to: string };
    assert.deepEqual([shown.id, shown.reply_to], [quoting['provider_message_id'], first?.['provider_message_id']]);
    const item_id = '7301234567890123456';
    for (const post of [
      { media_url: `https://www.tiktok.com/@nile.coffee/video/${item_id}` },
      { media_url: 'https://vm.tiktok.com/ZM8abcdef/', options: { item_id } },
    ])
      await whenMessage(cloud, nile, await send({ to: phone.address, media_type: 'video', ...post }), 'SENT');
    const link = `https://www.tiktok.com/player/v1/${item_id}`;
    assert.deepEqual((await textsOn(phone)).slice(2), [link, link]);
  });

  test('a comment that shows interest is answered by a reply to it', async () => {
    const phone = await addPhone(cloud, 'tiktok', nextAddress());
    const comment = {
      event: 'im_receive_high_intent_comment',
      comment_id: '7302000000000000001',
      comment_text: 'How much?',
    };
    await act(cloud, account, phone, { type: 'raw', message: comment });
    const conversation = await conversationOf(phone);
    const [asked] = await messagesOf(conversation);
    assert.equal(asked?.['message'], 'How much?');
    const to = { conversation_id: conversation.id, message: '40 pounds' };
    await whenMessage(cloud, nile, await send({ ...to, reply_to: asked.id }), 'SENT');
    assert.deepEqual(await textsOn(phone), ['40 pounds']);
  });

  test('who comes through an ad or a link is shown so', async () => {
    const phone = await addPhone(cloud, 'tiktok', nextAddress());
    const referral = { source: 'ad', ad: { ad_id: '1801', ad_name: 'Summer' } };
    await act(cloud, account, phone, { type: 'raw', message: { event: 'im_referral_msg', referral } });
    const [shown] = await messagesOf(await conversationOf(phone));
    assert.deepEqual([shown?.['type'], shown?.['message']], ['system', 'Came through the ad Summer']);
  });

  test('after ten messages the window is closed, until the customer writes again', async () => {
    const phone = await newCustomer();
    for (let index = 0; index < 10; index += 1)
      await whenMessage(cloud, nile, await send({ to: phone.address, message: `${index}` }), 'SENT');
    await cloud.drain();
    const eleventh = await ask(cloud, nile, '/functions/v1/tiktok-send', { to: phone.address, message: '10' });
    assert.deepEqual([eleventh.status, eleventh.body['code']], [422, 'window_closed']);
    assert.match(String(eleventh.body['message']), /at most 10 messages/);
    await write(cloud, account, phone, 'Still there?');
    await cloud.drain();
    await whenMessage(cloud, nile, await send({ to: phone.address, message: 'Yes' }), 'SENT');
  });

  test("TikTok's rules for direct messages close the window", async () => {
    const phone = await newCustomer();
    await fault(cloud, 'tiktok', { code: 40064 });
    const row = await whenMessage(cloud, nile, await send({ to: phone.address, message: 'late' }), 'FAILED');
    assert.deepEqual([(row['error'] as Row)['class'], (row['error'] as Row)['permanent']], ['window_closed', true]);
  });

  test('a webhook with a wrong signature leaves nothing', async () => {
    const body = JSON.stringify({
      client_key: account.client_key,
      event: 'im_receive_msg',
      user_openid: account.external_id,
      content: '{}',
    });
    const headers = { 'tiktok-signature': `t=${Math.floor(Date.now() / 1000)},s=${'0'.repeat(64)}` };
    assert.equal((await fetch(account.webhook_url, { method: 'POST', headers, body })).status, 401);
  });
});
