import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
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
import type { Phone } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'tiktok');
let address = 6_800_000_000_000_100_000n;

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
    assert.deepEqual([answer.status, answer.body['code']], [422, 'no_conversation']);
  });

  test("a customer's picture is fetched with the token", async () => {
    const phone = await newCustomer();
    await act(phone, { type: 'image' });
    const media = await whenPicture(await conversationOf(phone), 'INBOUND');
    const response = await fetch(String(media['url']));
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'image/png']);
  });

  test('a picture goes as bytes', async () => {
    const phone = await newCustomer();
    const picture = (await act(phone, { type: 'image' })) as unknown as { body: { url: string } };
    const sent = await send({ to: phone.address, media_url: picture.body.url, media_type: 'image' });
    await whenMessage(cloud, nile, sent, 'SENT');
    const shown = (await thread(cloud, account, phone)).at(-1) as unknown as { body: { type: string; url: string } };
    assert.equal(shown.body.type, 'image');
    assert.equal((await fetch(shown.body.url)).status, 200);
  });

  test('a link that leads to no public place is not followed', async () => {
    const phone = await newCustomer();
    const sent = await send({ to: phone.address, media_url: 'http://127.0.0.1:1/a.png', media_type: 'image' });
    const row = await whenMessage(cloud, nile, sent, 'FAILED');
    assert.equal((row['error'] as Row)['class'], 'media_problem');
  });

  test('a tap on a button is an answer to it', async () => {
    const phone = await newCustomer();
    const buttons = [{ id: 'b-1', title: 'نعم' }];
    const sent = await send({ to: phone.address, message: 'أكيد؟', interactive: { kind: 'buttons', buttons } });
    const row = await whenMessage(cloud, nile, sent, 'SENT');
    await act(phone, { type: 'tap', message_id: row['provider_message_id'], id: 'b-1' });
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

  test('a picture that is sent in the app is fetched too', async () => {
    const phone = await newCustomer();
    await control(cloud, `tiktok/accounts/${account.external_id}/messages`, 'POST', { to: phone.address });
    await whenPicture(await conversationOf(phone), 'OUTBOUND');
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

  test('a customer in Europe is found in the lists, and answered like anyone else', async () => {
    const [lena, jan] = await Promise.all(
      ['680000000000099', '680000000000098'].map((start) => addPhone(cloud, 'tiktok', `${start}0049`)),
    );
    assert.ok(lena && jan);
    await write(cloud, account, lena, 'Hallo');
    await write(cloud, account, jan, 'Dobrý den');
    for (const [phone, text] of [
      [lena, 'Hallo'],
      [jan, 'Dobrý den'],
    ] as const) {
      const conversation = await conversationOf(phone);
      const [message] = await messagesOf(conversation);
      assert.deepEqual([message?.['type'], message?.['message']], ['text', text]);
      await whenMessage(cloud, nile, await send({ conversation_id: conversation.id, message: 'Hello' }), 'SENT');
      assert.deepEqual(await textsOn(phone), [text, 'Hello']);
    }
  });

  test('the webhook of a customer in Europe is answered before TikTok is asked, however slow TikTok is', async () => {
    const phone = await addPhone(cloud, 'tiktok', '6800000000000960049');
    await control(cloud, 'tiktok/requests', 'DELETE');
    await fault(cloud, 'tiktok', { path: 'conversation/list', times: 2, delay_ms: HELD_MS });
    const began = Date.now();
    await write(cloud, account, phone, 'Langsam');
    assert.ok(Date.now() - began < HELD_MS, `answered after ${Date.now() - began} ms`);
    await eventually('TikTok is asked', async () =>
      (await requestsOf(cloud, 'tiktok')).some(({ path }) => path.includes('conversation/list')),
    );
    await clearFaults(cloud, 'tiktok');
    const [message] = await messagesOf(await conversationOf(phone));
    assert.equal(message?.['message'], 'Langsam');
  });

  test('where TikTok is down it is asked again, and the message is there once', async () => {
    const phone = await addPhone(cloud, 'tiktok', '6800000000000950049');
    await fault(cloud, 'tiktok', { path: 'conversation/list', times: 2, code: 51065 });
    await write(cloud, account, phone, 'Noch einmal');
    const conversation = await conversationOf(phone);
    assert.deepEqual(
      (await messagesOf(conversation)).map(({ message }) => message),
      ['Noch einmal'],
    );
    assert.equal((await notes()).length, 0);
  });

  test('where the lists can not be had for long, the inbox has a note of it, in a thread that can not be answered', async () => {
    const phone = await addPhone(cloud, 'tiktok', '6800000000000970049');
    await fault(cloud, 'tiktok', { path: 'conversation/list', times: 1000, code: 51065 });
    await write(cloud, account, phone, 'Hallo?');
    await lastTry();
    await clearFaults(cloud, 'tiktok');
    const conversation = await eventually('the thread', async () =>
      (await rows(cloud, nile, 'conversations?channel=eq.tiktok')).find(({ last_message_preview: preview }) =>
        String(preview).startsWith('A customer in Europe wrote'),
      ),
    );
    const [note] = await messagesOf(conversation);
    assert.equal(note?.['type'], 'unsupported');
    const sent = await send({ conversation_id: conversation.id, message: 'hi' });
    const row = await whenMessage(cloud, nile, sent, 'FAILED');
    assert.equal((row['error'] as Row)['class'], 'recipient_unavailable');
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
    await act(phone, { type: 'raw', message: comment });
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
    await act(phone, { type: 'raw', message: { event: 'im_referral_msg', referral } });
    const [shown] = await messagesOf(await conversationOf(phone));
    assert.deepEqual([shown?.['type'], shown?.['message']], ['system', 'Came through the ad Summer']);
  });

  test('after ten messages the window is closed, until the customer writes again', async () => {
    const phone = await newCustomer();
    for (let index = 0; index < 10; index += 1)
      await whenMessage(cloud, nile, await send({ to: phone.address, message: `${index}` }), 'SENT');
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

  test('a token that has run out is renewed once, however many sends meet it', async () => {
    const phones = await Promise.all([newCustomer(), newCustomer(), newCustomer(), newCustomer()]);
    await control(cloud, 'tiktok/requests', 'DELETE');
    await control(cloud, `tiktok/accounts/${account.external_id}/expire`, 'POST', {});
    // While the new token is on its way, everybody else still has the old one.
    await fault(cloud, 'tiktok', { path: 'refresh_token', delay_ms: 1500 });
    const sent = await Promise.all(phones.map((phone) => send({ to: phone.address, message: 'still here' })));
    for (const message of sent) await whenMessage(cloud, nile, message, 'SENT');
    const renewals = (await requestsOf(cloud, 'tiktok')).filter(({ path }) => path.endsWith('/refresh_token/'));
    assert.deepEqual(
      renewals.map(({ status, body }) => [status, String(body['client_secret']).length]),
      [[200, 5]],
    );
    for (const phone of phones) assert.deepEqual(await textsOn(phone), ['Hello', 'still here']);
  });

  test('a token that is about to run out is renewed before it is used', async () => {
    const phone = await newCustomer();
    const data = { access_token: 'act.good-for-a-minute', expires_in: 60 };
    const body = { code: 0, message: 'OK', request_id: 'r', data };
    await fault(cloud, 'tiktok', { path: 'refresh_token', status: 200, body });
    await control(cloud, 'tiktok/requests', 'DELETE');
    await control(cloud, `tiktok/accounts/${account.external_id}/expire`, 'POST', {});
    await whenMessage(cloud, nile, await send({ to: phone.address, message: 'renewed twice' }), 'SENT');
    const paths = (await requestsOf(cloud, 'tiktok')).map(({ path }) => path.split('/').at(-2));
    assert.deepEqual(paths, ['send', 'refresh_token', 'refresh_token', 'send']);
  });

  test('an account is connected by its owner’s consent, asked about, and given back', async () => {
    const gulf = cloud.access.organizations[1] as Organization;
    const own = accountOf(gulf, 'tiktok');
    const path = '/rest/v1/channel_accounts?channel=eq.tiktok';
    assert.equal((await ask(cloud, gulf, path, undefined, { method: 'DELETE' })).status, 204);
    const last = (await requestsOf(cloud, 'tiktok')).at(-1);
    assert.equal(last?.path, '/open_api/v1.3/tt_user/oauth2/revoke/');

    const redirect_url = 'https://inbox.example/';
    const asked = await ask(cloud, gulf, '/rest/v1/rpc/connect_channel', { channel: 'tiktok', redirect_url });
    assert.equal(asked.status, 200, JSON.stringify(asked.body));
    const url = new URL(String(asked.body['url']));
    url.searchParams.set('as', gulf.name);
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    const { state, code } = Object.fromEntries(back.searchParams);
    const finished = await ask(cloud, gulf, '/rest/v1/rpc/finish_connection', { state, code });
    assert.equal(finished.status, 200, JSON.stringify(finished.body));
    const [connected] = finished.body['accounts'] as Row[];
    assert.deepEqual([connected?.['external_id'], connected?.['name']], [own.external_id, own.name]);

    const tested = await ask(cloud, gulf, '/rest/v1/rpc/test_channel_account', { id: connected?.id });
    assert.equal(tested.body['ok'], true, JSON.stringify(tested.body));
    assert.equal(Object(tested.body['facts'])['webhook'], own.webhook_url);

    const phone = await addPhone(cloud, 'tiktok', nextAddress());
    await write(cloud, own, phone, 'Open today?');
    const answer = await sendText(cloud, gulf, { channel: 'tiktok', to: phone.address, message: 'Until ten' });
    await whenMessage(cloud, gulf, answer, 'SENT');

    await control(cloud, `tiktok/accounts/${own.external_id}/leave`, 'POST', {});
    await eventually('the account needs it', async () => {
      const [row] = await rows(cloud, gulf, 'channel_accounts?channel=eq.tiktok');
      return Object(row?.['health'])['state'] === 'needs_reauth';
    });
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

/** The media function gets what the newest webhook told for the eighth time. */
async function lastTry(): Promise<void> {
  const [hook] = ((await control(cloud, 'tiktok/webhooks')) as Row[]).toReversed();
  const channel = await loadChannel('tiktok');
  const [element] = await channel.normalise(hook?.['body']);
  assert.ok(element?.ok && element.event.kind === 'withheld');
  const task = { organizationId: nile.id, channelAccountId: account.id, event: { told: element.event } };
  const record = { messageId: 'm', receiptHandle: 'r', body: JSON.stringify(task) };
  await invoke(cloud, 'Media', { Records: [{ ...record, attributes: { ApproximateReceiveCount: '8' } }] });
}

async function notes(): Promise<Row[]> {
  const all = await rows(cloud, nile, 'messages?channel=eq.tiktok&type=eq.unsupported');
  return all.filter(({ message }) => String(message).startsWith('A customer in Europe wrote'));
}

function nextAddress(): string {
  address += 1n;
  return String(address);
}

function newCustomer(): Promise<Phone> {
  return customer(cloud, account, nextAddress());
}

async function act(phone: Phone, body: object): Promise<Row> {
  const acted = { account: account.external_id, body };
  return (await control(cloud, `tiktok/phones/${phone.id}/messages`, 'POST', acted)) as Row;
}

function conversationOf({ address: user }: Phone): Promise<Row> {
  return eventually('the conversation', async () => {
    const contacts = await rows(cloud, nile, 'contacts');
    const contact = contacts.find(({ identities }) => JSON.stringify(identities).includes(user));
    return contact && (await rows(cloud, nile, `conversations?contact_id=eq.${contact.id}`))[0];
  });
}

function messagesOf({ id }: Row): Promise<Row[]> {
  return rows(cloud, nile, `messages?conversation_id=eq.${id}`);
}

/** The media of the conversation's picture, once its bytes are in the bucket. */
function whenPicture(conversation: Row, direction: string): Promise<Row> {
  return eventually('the picture', async () => {
    const found = (await messagesOf(conversation)).find(
      (row) => row['type'] === 'image' && row['direction'] === direction,
    );
    const media = found?.['media'] as Row | undefined;
    return media?.['status'] === 'ready' && media;
  });
}

async function textsOn(phone: Phone): Promise<(string | null)[]> {
  return (await thread(cloud, account, phone)).map(({ text }) => text);
}

async function send(request: object): Promise<Row> {
  return sendText(cloud, nile, { channel: 'tiktok', ...request } as Parameters<typeof sendText>[2]);
}
