import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud, someRows } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { customer, requestsOf, thread, act } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { conversationWith } from '../support/conversations.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'telegram');
const channel = 'telegram';
let address = 610_000_000;

suite('Telegram', () => {
  after(() => cloud.close());

  test('what a customer writes, edits and sends is in the inbox, in its order', async () => {
    const phone = await newCustomer();
    const words = ['one', 'two', 'three', 'four', 'five'];
    for (const text of words) await act(cloud, account, phone, { type: 'text', text });
    const conversation = await conversationWith(cloud, nile, phone);
    const all = await eventually('the messages', async () => full(await messagesOf(conversation), 6));
    assert.deepEqual(
      all.map(({ message }) => message),
      ['Hello', ...words],
    );
    const [, first] = all;
    await act(cloud, account, phone, { type: 'edit', message_id: numberIn(first), text: 'the first' });
    const edited = await whenMessage(cloud, nile, first as Row, ({ edited_at }) => edited_at !== null);
    assert.deepEqual([edited['message'], edited['author']], ['the first', null]);
  });

  test('a photo is fetched once, and stays when only the words beside it change', async () => {
    const phone = await newCustomer();
    await act(cloud, account, phone, { type: 'image', caption: 'the bill' });
    const photo = await eventually('the photo', async () =>
      (await messagesOf(await conversationWith(cloud, nile, phone))).find(
        ({ media }) => (media as Row | null)?.['status'] === 'ready',
      ),
    );
    const raw = { ...(await keptPhoto(phone)), caption: 'the new bill', edit_date: Math.floor(Date.now() / 1000) };
    await act(cloud, account, phone, { type: 'raw', message: raw, update: 'edited_message' });
    const edited = await whenMessage(cloud, nile, photo, ({ edited_at }) => edited_at !== null);
    assert.equal(edited['message'], 'the new bill');
    const media = edited['media'] as Row;
    assert.deepEqual([media['status'], media['sha256']], ['ready', (photo['media'] as Row)['sha256']]);
  });

  test('a tap is an answer, and the button stops spinning without a call of ours', async () => {
    const phone = await newCustomer();
    const interactive = { kind: 'buttons', buttons: [{ id: 'y', title: 'نعم' }] };
    const sent = await send({ to: phone.address, message: 'أكيد؟', interactive });
    await control(cloud, `${channel}/requests`, 'DELETE');
    await act(cloud, account, phone, { type: 'tap', message_id: numberIn(sent), id: 'y' });
    const [tap] = await eventually('the tap', async () => full(await taps(phone), 1));
    assert.deepEqual(tap?.['interactive'], { kind: 'reply', id: 'y', title: 'نعم' });
    assert.equal(tap?.['reply_to_id'], sent.id);
    await eventually('the answer', async () => (await remarkOn(phone, sent)) === '✔ نعم');
    assert.deepEqual(await requestsOf(cloud, channel), []);
  });

  test('a poll names its voters, keys ask for a number, and an album is one message', async () => {
    const phone = await newCustomer();
    const poll = { options: ['Tea', 'Coffee'], is_anonymous: false };
    const asked = await send({ to: phone.address, message: 'Which?', options: { poll } });
    await act(cloud, account, phone, { type: 'tap', message_id: numberIn(asked), id: '1' });
    const [vote] = await eventually('the vote', async () => full(await taps(phone), 1));
    assert.equal((vote as Row & { interactive: Row }).interactive['title'], 'Voted for option 2');
    const keyboard = { rows: [[{ text: 'My number', request_contact: true }]] };
    await send({ to: phone.address, message: 'Your number?', options: { keyboard } });
    const link = 'https://example.com/a.jpg';
    const album = [{ media_url: link }, { media_url: 'https://example.com/b.mp4', media_type: 'video' }];
    await send({ to: phone.address, message: 'Ours', media_url: link, media_type: 'image', options: { album } });
    const shown = (await thread(cloud, account, phone)) as unknown as { body: { type: string } }[];
    assert.deepEqual(
      shown.slice(-5).map(({ body }) => body.type),
      ['poll', 'interactive', 'image', 'image', 'video'],
    );
  });

  test('an option that Telegram does not have, or that does not go with the message, is refused at once', async () => {
    const to = '610000001';
    const refused: [object, RegExp][] = [
      [{ to, message: 'x', options: { loud: true } }, /options.*loud/],
      [{ to, message: 'x'.repeat(301), options: { poll: { options: ['A'] } } }, /301/],
      [{ to, message: 'x', options: { album: [{ media_url: 'https://example.com/a.jpg' }] } }, /options\.album/],
    ];
    for (const [request, words] of refused) {
      const answer = await ask(cloud, nile, '/functions/v1/telegram-send', request);
      assert.equal(answer.status, 422);
      assert.match(String(answer.body['message']), words);
    }
  });

  test('a file that Telegram takes by no link goes as bytes', async () => {
    const phone = await newCustomer();
    const photo = await act(cloud, account, phone, { type: 'image' });
    await send({ to: phone.address, message: 'as a file', media_url: photo.body.url, media_type: 'document' });
    const shown = (await thread(cloud, account, phone)).at(-1) as unknown as { body: { type: string; url: string } };
    assert.equal(shown.body.type, 'document');
    assert.equal((await fetch(shown.body.url)).status, 200);
  });

  test('what was sent is edited, passed on and taken back', async () => {
    const [phone, other] = [await newCustomer(), await newCustomer()];
    const sent = await send({ to: phone.address, message: 'wrong' });
    await rpc('edit_message', { message_id: sent.id, message: 'right' });
    assert.deepEqual([await lastOn(phone), await remarkOn(phone, sent)], ['right', 'edited']);
    const passed = await send({ to: other.address, forward_of: sent.id });
    assert.equal(await lastOn(other), 'right');
    assert.match(String(await remarkOn(other, passed)), /^↪/);
    await rpc('delete_message', { message_id: sent.id });
    assert.equal(await lastOn(phone), 'Hello');
    await control(cloud, `${channel}/requests`, 'DELETE');
    const { id } = await conversationWith(cloud, nile, phone);
    await rpc('typing', { conversation_id: id });
    assert.deepEqual((await requestsOf(cloud, channel)).map(methodOf), ['sendChatAction']);
  });

  test('who blocks the bot is not written to until they unblock it', async () => {
    const phone = await newCustomer();
    const count = (await messagesOf(await conversationWith(cloud, nile, phone))).length;
    await act(cloud, account, phone, { type: 'block' });
    const request = { to: phone.address, message: 'Still there?' };
    await eventually('the refusal', async () => {
      const answer = await ask(cloud, nile, '/functions/v1/telegram-send', request);
      return answer.status === 422;
    });
    await act(cloud, account, phone, { type: 'unblock' });
    await eventually('the return', async () => {
      const answer = await ask(cloud, nile, '/functions/v1/telegram-send', request);
      return answer.status === 200;
    });
    const all = await messagesOf(await conversationWith(cloud, nile, phone));
    assert.ok(all.length > count);
    assert.ok(
      all.every(({ type }) => type === 'text'),
      'the block itself is no message',
    );
  });

  test('a group says who wrote; a topic is a thread of its own and is answered there', async () => {
    const id = '-1002000000001';
    const group = await addGroup('Team (Sara Ali)', id);
    const [hello] = await someRows(cloud, nile, 'messages?author=eq.Sara Ali');
    const topic = (await steer('topic', { phone: group.id, name: 'Shipping' })) as { message_thread_id: number };
    const raw = { message_thread_id: topic.message_thread_id, is_topic_message: true, text: 'Where is it?' };
    await act(cloud, account, group, { type: 'raw', message: raw });
    const [asked] = await someRows(cloud, nile, 'messages?message=eq.Where is it?');
    assert.notEqual(asked?.['conversation_id'], hello?.['conversation_id']);
    await send({ conversation_id: asked?.['conversation_id'], message: 'Here' });
    const answer = (await requestsOf(cloud, channel)).findLast((one) => methodOf(one) === 'sendMessage');
    assert.equal(answer?.body['message_thread_id'], topic.message_thread_id);
    await send({ to: `${id}/${topic.message_thread_id}`, message: 'And here' });
    const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(asked?.['contact_id'])}`);
    assert.equal(contact?.['name'], 'Team › Shipping');
  });

  test('a group that becomes a supergroup stays one conversation', async () => {
    const group = await addGroup('Friends', '-4100');
    const conversation = await conversationWith(cloud, nile, group);
    const moved = (await steer('migrate', { phone: group.id, to: '-1002000000002' })) as { phone: string };
    await eventually('the new id', async () => {
      const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(conversation['contact_id'])}`);
      const identities = (contact?.['identities'] ?? []) as { value: string }[];
      return identities.some(({ value }) => value === '-1002000000002');
    });
    await act(cloud, account, { id: moved.phone }, { type: 'text', text: 'after the move' });
    const [later] = await someRows(cloud, nile, 'messages?message=eq.after the move');
    assert.equal(later?.['conversation_id'], conversation.id);
    const sent = await send({ conversation_id: conversation.id, message: 'welcome' });
    assert.match(String(sent['provider_message_id']), /^-1002000000002:/);
  });

  test('a channel is written to by its name; what others post there is the business’s own', async () => {
    const news = await addGroup('News @nile_news', '-1002000000003');
    const [posted] = await eventually('the post', async () => {
      const { id } = await conversationWith(cloud, nile, news);
      const all = await rows(cloud, nile, `messages?conversation_id=eq.${id}`);
      return all.length > 0 && all;
    });
    assert.deepEqual([posted?.['direction'], posted?.['message']], ['OUTBOUND', 'Hello']);
    const sent = await send({ to: '@nile_news', message: 'Open on Friday', options: { disable_notification: true } });
    assert.match(String(sent['provider_message_id']), /^-1002000000003:/);
    assert.equal(await lastOn(news), 'Open on Friday');
  });

  test("a business account's customer is answered through it, sees that it was read, and can take words back", async () => {
    await steer('business', { id: 'bc_1' });
    const phone = await newCustomer();
    const raw = { business_connection_id: 'bc_1', text: 'Do you deliver?' };
    const asked = await act(cloud, account, phone, { type: 'raw', message: raw });
    const [row] = await someRows(cloud, nile, 'messages?message=eq.Do you deliver?');
    const conversation_id = row?.['conversation_id'];
    await someRows(cloud, nile, `conversations?id=eq.${String(conversation_id)}`);
    await rpc('mark_read', { conversation_id });
    const read = (await thread(cloud, account, phone)).find(({ id }) => id === asked.id);
    assert.equal(read?.status, 'read');
    await send({ conversation_id, message: 'We do' });
    assert.equal(await lastOn(phone), 'We do');
    await act(cloud, account, phone, { type: 'unsend', message_id: asked.id });
    await whenMessage(cloud, nile, row, ({ deleted_at }) => deleted_at !== null);
  });
});

function newCustomer(): Promise<Phone> {
  address += 1;
  return customer(cloud, account, String(address));
}

/** A group or channel in which somebody has written. */
async function addGroup(name: string, id: string): Promise<Phone> {
  const phone = (await control(cloud, `${channel}/phones`, 'POST', { name, address: id })) as Phone;
  await act(cloud, account, phone, { type: 'text', text: 'Hello' });
  return phone;
}

function steer(verb: string, body: object): Promise<unknown> {
  return control(cloud, `${channel}/accounts/${account.external_id}/${verb}`, 'POST', body);
}

async function rpc(action: string, body: object): Promise<void> {
  const answer = await ask(cloud, nile, `/rest/v1/rpc/${action}`, body);
  assert.ok(answer.status < 300, `${action}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** Sends, and waits until Telegram has taken it. */
async function send(request: Record<string, unknown>): Promise<Row> {
  const whole = { message: '', ...request } as { to: string; message: string };
  return whenMessage(cloud, nile, await sendText(cloud, nile, { channel, ...whole }), 'SENT');
}

function full(all: Row[], count: number): Row[] | undefined {
  return all.length >= count ? all : undefined;
}

function messagesOf(conversation: Row): Promise<Row[]> {
  return rows(cloud, nile, `messages?conversation_id=eq.${conversation.id}&order=created_at.asc`);
}

async function taps(phone: Phone): Promise<Row[]> {
  const all = await messagesOf(await conversationWith(cloud, nile, phone));
  return all.filter(({ direction, type }) => direction === 'INBOUND' && type === 'interactive');
}

/** Telegram's own number of a message. */
function numberIn(row: Row | undefined): string {
  return String(row?.['provider_message_id']).split(':')[1] ?? '';
}

async function lastOn(phone: Phone): Promise<string | null | undefined> {
  return (await thread(cloud, account, phone)).at(-1)?.text;
}

async function remarkOn(phone: Phone, row: Row): Promise<unknown> {
  const shown = (await thread(cloud, account, phone)) as unknown as { id: string; remark?: string }[];
  return shown.find(({ id }) => id === numberIn(row))?.remark;
}

/** The photo's message as Telegram last told of it. */
async function keptPhoto(phone: Phone): Promise<Record<string, unknown>> {
  const hooks = (await control(cloud, `${channel}/webhooks`)) as { body: { message?: Record<string, unknown> } }[];
  const told = hooks.map(({ body }) => body.message).findLast((message) => message?.['photo'] !== undefined);
  assert.equal((told?.['chat'] as { id: number } | undefined)?.id, Number(phone.address));
  return told ?? {};
}

function methodOf({ path }: { path: string }): string {
  return path.split('/').at(-1) ?? '';
}
