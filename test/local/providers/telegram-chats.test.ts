import assert from 'node:assert/strict';
import test from 'node:test';
import { at, until, type Answered } from './rig.ts';
import { startBotRig } from './telegram-rig.ts';

const rig = await startBotRig();
const { bot, ask, result, write, thread, lastUpdate } = rig;

async function refused(method: string, parameters: unknown, why: RegExp): Promise<void> {
  assert.match(String(at((await ask(method, parameters)).body, 'description')), why);
}

async function join(name: string, address: string): Promise<string> {
  const id = String(at((await rig.call('POST', '/telegram/phones', { name, address })).body, 'id'));
  await write({ text: 'hello' }, id);
  return id;
}

function steer(verb: string, body: object): Promise<Answered> {
  return rig.call('POST', `/telegram/accounts/${bot.external_id}/${verb}`, body);
}

test('a member writes in a group; the bot answers there once it is a member', async () => {
  const chat_id = -1_001_000_000_001;
  await rig.call('POST', '/telegram/phones', { name: 'Strangers', address: '-1001000000009' });
  await refused('sendMessage', { chat_id: -1_001_000_000_009, text: 'x' }, /not a member of the supergroup chat/);
  const phone = await join('Team (Sara Ali)', String(chat_id));
  assert.deepEqual(at(lastUpdate(), 'message.chat'), { id: chat_id, title: 'Team', type: 'supergroup' });
  assert.equal(at(lastUpdate(), 'message.from.first_name'), 'Sara');
  assert.equal(at(await result('sendMessage', { chat_id, text: 'hi' }), 'chat.title'), 'Team');
  assert.equal(at(await result('getChat', { chat_id }), 'title'), 'Team');
  const ask = { keyboard: [[{ text: 'My number', request_contact: true }]] };
  await refused('sendMessage', { chat_id, text: 'x', reply_markup: ask }, /private chats only/);
  await write({ body: { type: 'block' } }, phone);
  assert.equal(at(lastUpdate(), 'my_chat_member.new_chat_member.status'), 'left');
  await refused('sendMessage', { chat_id, text: 'x' }, /kicked from the supergroup chat/);
});

test('a topic is written in by its number', async () => {
  const chat_id = -1_001_000_000_002;
  const phone = await join('Forum', String(chat_id));
  const opened = await steer('topic', { phone, name: 'Shipping' });
  const message_thread_id = at(opened.body, 'message_thread_id');
  assert.equal(at(lastUpdate(), 'message.forum_topic_created.name'), 'Shipping');
  const inTopic = { message_thread_id, is_topic_message: true, text: 'where?' };
  await write({ body: { type: 'raw', message: inTopic } }, phone);
  assert.equal(at(lastUpdate(), 'message.reply_to_message.forum_topic_created.name'), 'Shipping');
  const sent = await result('sendMessage', { chat_id, message_thread_id, text: 'soon' });
  assert.deepEqual([at(sent, 'message_thread_id'), at(sent, 'is_topic_message')], [message_thread_id, true]);
  await refused('sendMessage', { chat_id, message_thread_id: 9999, text: 'x' }, /message thread not found/);
});

test('a channel is posted in by its name; its own posts come as posts', async () => {
  await join('News @nile_news', '-1001000000003');
  assert.equal(at(lastUpdate(), 'channel_post.sender_chat.username'), 'nile_news');
  const post = await result('sendMessage', { chat_id: '@nile_news', text: 'open' });
  assert.deepEqual([at(post, 'chat.type'), at(post, 'from')], ['channel', undefined]);
  const named = { chat_id: '@nile_news', question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }] };
  await refused('sendPoll', { ...named, is_anonymous: false }, /non-anonymous polls/);
  await refused('sendChatAction', { chat_id: '@nile_news', action: 'typing' }, /not available in channels/);
  const keyboard = { keyboard: [[{ text: 'A' }]] };
  await refused('sendMessage', { chat_id: '@nile_news', text: 'x', reply_markup: keyboard }, /reply keyboards/);
});

test('a group that moves says so in both chats, and refuses with its new id', async () => {
  const phone = await join('Friends', '-4001');
  rig.received.length = 0;
  await steer('migrate', { phone, to: '-1001000000004' });
  assert.deepEqual(
    rig.received.map(({ body }) => [at(body, 'message.migrate_to_chat_id'), at(body, 'message.migrate_from_chat_id')]),
    [
      [-1_001_000_000_004, undefined],
      [undefined, -4001],
    ],
  );
  const { status, body } = await ask('sendMessage', { chat_id: -4001, text: 'x' });
  assert.equal(status, 400);
  assert.deepEqual(at(body, 'parameters'), { migrate_to_chat_id: -1_001_000_000_004 });
  assert.equal(at(await result('sendMessage', { chat_id: -1_001_000_000_004, text: 'x' }), 'chat.title'), 'Friends');
});

test("in a business account's chats only what came through the connection can be answered", async () => {
  const chat_id = 700000001;
  const business_connection_id = 'bc_1';
  const hi = { chat_id, business_connection_id, text: 'hi' };
  await refused('sendMessage', hi, /BUSINESS_CONNECTION_INVALID/);
  await steer('business', { id: business_connection_id });
  assert.equal(at(lastUpdate(), 'business_connection.is_enabled'), true);
  await refused('sendMessage', hi, /BUSINESS_PEER_INVALID/);
  const asked = await write({ body: { type: 'raw', message: { business_connection_id, text: 'open?' } } });
  const message_id = Number(at(asked.body, 'id'));
  assert.equal(at(lastUpdate(), 'business_message.text'), 'open?');
  const sent = await result('sendMessage', hi);
  assert.equal(at(sent, 'sender_business_bot.id'), Number(bot.external_id));
  assert.equal(await result('readBusinessMessage', { business_connection_id, chat_id, message_id }), true);
  await refused('editMessageText', { chat_id, message_id: at(sent, 'message_id'), text: 'x' }, /to edit not found/);
  await result('editMessageText', { chat_id, business_connection_id, message_id: at(sent, 'message_id'), text: 'yes' });
  const message_ids = [at(sent, 'message_id')];
  assert.equal(await result('deleteBusinessMessages', { business_connection_id, message_ids }), true);
  await refused('deleteBusinessMessages', { business_connection_id, message_ids }, /to delete not found/);
  await write({ body: { type: 'edit', message_id: String(message_id), text: 'open now?' } });
  assert.equal(at(lastUpdate(), 'edited_business_message.text'), 'open now?');
  await write({ body: { type: 'unsend', message_id: String(message_id) } });
  assert.deepEqual(at(lastUpdate(), 'deleted_business_messages.message_ids'), [message_id]);
  await steer('business', { id: business_connection_id, enabled: false });
  await refused('sendMessage', hi, /BUSINESS_CONNECTION_INVALID/);
});

test('a tapped button spins until the tap is answered', async () => {
  const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] };
  const message_id = String(
    at(await result('sendMessage', { chat_id: 700000002, text: '?', reply_markup }), 'message_id'),
  );
  const shown = async (): Promise<unknown> =>
    at(
      (await thread('omar')).find((one) => at(one, 'id') === message_id),
      'remark',
    );
  await write({ body: { type: 'tap', message_id, id: 'y' } }, 'omar');
  assert.equal(await shown(), '⏳ Yes');
  await result('answerCallbackQuery', { callback_query_id: at(lastUpdate(), 'callback_query.id'), text: 'Noted' });
  assert.equal(await shown(), '✔ Yes: Noted');
});

test("a webhook's answer may be a call, but none that asks or sets the webhook", async () => {
  rig.says.push(JSON.stringify({ method: 'sendMessage', chat_id: 700000002, text: 'by answer' }));
  await write({ text: 'one' }, 'omar');
  await until(async () => (await thread('omar')).some((one) => at(one, 'text') === 'by answer'));
  rig.says.push(JSON.stringify({ method: 'deleteWebhook' }));
  await write({ text: 'two' }, 'omar');
  await write({ text: 'three' }, 'omar');
  assert.equal(at(lastUpdate(), 'message.text'), 'three');
});

test('who votes is told unless the poll is anonymous', async () => {
  const poll = { chat_id: 700000002, question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }] };
  const secret = await result('sendPoll', poll);
  rig.received.length = 0;
  await write({ body: { type: 'tap', message_id: String(at(secret, 'message_id')), id: '0' } }, 'omar');
  assert.equal(rig.received.length, 0);
  const open = await result('sendPoll', { ...poll, is_anonymous: false });
  await write({ body: { type: 'tap', message_id: String(at(open, 'message_id')), id: '1' } }, 'omar');
  assert.deepEqual(at(lastUpdate(), 'poll_answer.option_ids'), [1]);
  await refused('sendPoll', { ...poll, type: 'quiz' }, /wrong correct option ID/);
  await refused('sendPoll', { ...poll, type: 'survey' }, /unsupported poll type/);
  await refused('sendPoll', { ...poll, open_period: 4 }, /open period/);
});

test('the words beside a file can be changed, and what is protected stays where it is', async () => {
  const chat_id = 700000002;
  const photo = await result('sendPhoto', { chat_id, photo: 'https://example.com/a.jpg', protect_content: true });
  const message_id = at(photo, 'message_id');
  await result('editMessageCaption', { chat_id, message_id, caption: 'new' });
  const shown = (await thread('omar')).find((one) => at(one, 'id') === String(message_id));
  assert.deepEqual([at(shown, 'text'), at(shown, 'remark')], ['new', 'edited']);
  await refused('editMessageCaption', { chat_id, message_id, caption: 'new' }, /not modified/);
  await refused('editMessageText', { chat_id, message_id, text: 'x' }, /no text in the message/);
  await refused('forwardMessage', { chat_id: 700000001, from_chat_id: chat_id, message_id }, /can't be forward/);
  const text = await result('sendMessage', { chat_id, text: 'pass it on' });
  await refused('editMessageCaption', { chat_id, message_id: at(text, 'message_id'), caption: 'x' }, /no caption/);
  await result('forwardMessage', { chat_id: 700000001, from_chat_id: chat_id, message_id: at(text, 'message_id') });
  assert.equal(at((await thread()).at(-1), 'remark'), '↪ Nile bot');
});
