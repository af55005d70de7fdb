import assert from 'node:assert/strict';
import test from 'node:test';
import { at, type Answered } from './rig.ts';
import { startBotRig } from './telegram-rig.ts';

const rig = await startBotRig();
const { bot, ask, result, write, lastUpdate } = rig;
const mona = 700000001;

test('a customer writes: one update with the secret, ids growing', async () => {
  const first = await write({ text: '/start hi' });
  assert.equal(at(first.body, 'webhook_status'), 200);
  const [hook] = rig.received;
  assert.equal(hook?.headers['x-telegram-bot-api-secret-token'], 'telegram-secret');
  const message = at(hook?.body, 'message');
  assert.deepEqual(at(message, 'chat'), { id: mona, first_name: 'Mona', last_name: 'Hassan', type: 'private' });
  assert.deepEqual(at(message, 'from'), {
    id: mona,
    is_bot: false,
    first_name: 'Mona',
    last_name: 'Hassan',
    language_code: 'en',
  });
  assert.deepEqual(at(message, 'entities'), [{ type: 'bot_command', offset: 0, length: 6 }]);
  await write({ text: 'أهلا' }, 'omar');
  assert.ok(Number(at(rig.received[1]?.body, 'update_id')) > Number(at(hook?.body, 'update_id')));
  assert.equal(at(rig.received[1]?.body, 'message.from.language_code'), 'ar');
});

test('a text is sent from JSON, a form, multipart and the query, whatever the case of the method', async () => {
  const multipart = new FormData();
  multipart.set('chat_id', String(mona));
  multipart.set('text', 'four');
  const answers = [
    await ask('sendMessage', { chat_id: mona, text: 'one' }),
    await ask(
      'SENDMESSAGE',
      new URLSearchParams({ chat_id: String(mona), text: 'two', entities: '[{"type":"bold","offset":0,"length":3}]' }),
    ),
    await ask(`sendmessage?chat_id=${mona}&text=three`),
    await ask('sendMessage', multipart),
  ];
  assert.deepEqual(
    answers.map(({ body }) => at(body, 'result.text')),
    ['one', 'two', 'three', 'four'],
  );
  assert.deepEqual(at(answers[1]?.body, 'result.entities'), [{ type: 'bold', offset: 0, length: 3 }]);
  assert.deepEqual(at(answers[0]?.body, 'result.from'), {
    id: 123456789,
    is_bot: true,
    first_name: 'Nile bot',
    username: 'nile_bot',
  });
  const ids = answers.map(({ body }) => Number(at(body, 'result.message_id')));
  assert.deepEqual(
    ids,
    ids.map((_id, index) => (ids[0] ?? 0) + index),
  );
});

test('every kind of content is sent and shown', async () => {
  const url = 'https://example.com/file';
  const kinds: [method: string, parameters: object, shown: string][] = [
    ['sendPhoto', { photo: `${url}.jpg`, caption: 'c' }, 'image'],
    ['sendVideo', { video: `${url}.mp4` }, 'video'],
    ['sendAnimation', { animation: `${url}.gif` }, 'video'],
    ['sendAudio', { audio: `${url}.mp3` }, 'audio'],
    ['sendVoice', { voice: `${url}.ogg` }, 'audio'],
    ['sendDocument', { document: `${url}.pdf` }, 'document'],
    ['sendSticker', { sticker: `${url}.webp` }, 'sticker'],
    ['sendLocation', { latitude: 30, longitude: 31 }, 'location'],
    ['sendVenue', { latitude: 30, longitude: 31, title: 'Shop', address: 'Street 1' }, 'location'],
    ['sendContact', { phone_number: '+2010', first_name: 'Ana' }, 'contacts'],
    ['sendPoll', { question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }] }, 'poll'],
  ];
  for (const [method, parameters, shown] of kinds) {
    await result(method, { chat_id: 700000002, ...parameters });
    const { body } = await rig.call('GET', `/telegram/phones/omar/messages?account=${bot.external_id}`);
    assert.equal(at((body as unknown[]).at(-1), 'body.type'), shown, method);
    assert.equal(at((body as unknown[]).at(-1), 'status'), 'delivered');
  }
  const album = await result('sendMediaGroup', {
    chat_id: 700000002,
    media: [
      { type: 'photo', media: `${url}.jpg`, caption: 'one' },
      { type: 'video', media: `${url}.mp4` },
    ],
  });
  assert.equal(at(album, '0.media_group_id'), at(album, '1.media_group_id'));
  assert.deepEqual([at(album, '0.caption'), at(album, '1.caption')], ['one', undefined]);
  assert.equal(await result('sendChatAction', { chat_id: mona, action: 'typing' }), true);
});

test('an upload becomes a file that can be sent again by id and fetched', async () => {
  const multipart = new FormData();
  multipart.set('chat_id', String(mona));
  multipart.set('document', new Blob(['hello'], { type: 'text/plain' }), 'note.txt');
  const document = at(await result('sendDocument', multipart), 'document');
  assert.equal(at(document, 'file_name'), 'note.txt');
  const file_id = at(document, 'file_id');
  assert.equal(at(await result('sendDocument', { chat_id: mona, document: file_id }), 'document.file_id'), file_id);
  assert.equal((await ask('sendPhoto', { chat_id: mona, photo: file_id })).status, 400);
  const path = String(at(await result('getFile', { file_id }), 'file_path'));
  const fetched = await fetch(`${rig.url}/telegram/file/bot${bot.token}/${path}`);
  assert.equal(await fetched.text(), 'hello');
  assert.equal((await fetch(`${rig.url}/telegram/file/bot${bot.token}/documents/file_1.txt`)).status, 404);
});

test("a customer's photo, contact, place, reply, edit and reaction arrive as Telegram tells them", async () => {
  const photo = await write({ body: { type: 'image', caption: 'see https://example.com' } });
  const sizes = at(lastUpdate(), 'message.photo') as unknown[];
  const { file_path } = (await result('getFile', { file_id: at(sizes.at(-1), 'file_id') })) as { file_path: string };
  assert.match(file_path, /^images\/file_\d+\.png$/);
  assert.equal(at(lastUpdate(), 'message.caption_entities.0.type'), 'url');
  await write({ body: { type: 'contacts', contacts: [{ name: 'Ana D', phones: ['+55'] }] } });
  assert.deepEqual(at(lastUpdate(), 'message.contact'), { phone_number: '+55', first_name: 'Ana', last_name: 'D' });
  await write({ body: { type: 'location', latitude: 1, longitude: 2, name: 'Home', address: 'A' } });
  assert.equal(at(lastUpdate(), 'message.venue.title'), 'Home');
  const text = await write({ text: 'first', reply_to: at(photo.body, 'id') });
  assert.equal(at(lastUpdate(), 'message.reply_to_message.caption'), 'see https://example.com');
  await write({ body: { type: 'edit', message_id: at(text.body, 'id'), text: 'second' } });
  assert.equal(at(lastUpdate(), 'edited_message.text'), 'second');
  assert.equal(typeof at(lastUpdate(), 'edited_message.edit_date'), 'number');
  const sent = await result('sendMessage', { chat_id: mona, text: 'ours' });
  await write({ body: { type: 'reaction', message_id: String(at(sent, 'message_id')), emoji: '❤' } });
  assert.deepEqual(at(lastUpdate(), 'message_reaction.new_reaction'), [{ type: 'emoji', emoji: '❤' }]);
  await write({ body: { type: 'reaction', message_id: String(at(sent, 'message_id')), emoji: '' } });
  assert.deepEqual(at(lastUpdate(), 'message_reaction.old_reaction'), [{ type: 'emoji', emoji: '❤' }]);
});

test('a tap on an inline button is a callback query that can be answered once known', async () => {
  const reply_markup = {
    inline_keyboard: [
      [
        { text: 'Yes', callback_data: 'yes' },
        { text: 'Site', url: 'https://example.com' },
      ],
    ],
  };
  const sent = await result('sendMessage', { chat_id: mona, text: 'ok?', reply_markup });
  await write({ body: { type: 'tap', message_id: String(at(sent, 'message_id')), id: 'yes' } });
  const query = at(lastUpdate(), 'callback_query');
  assert.equal(at(query, 'data'), 'yes');
  assert.equal(at(query, 'message.text'), 'ok?');
  assert.equal(await result('answerCallbackQuery', { callback_query_id: at(query, 'id') }), true);
  const unknown = await ask('answerCallbackQuery', { callback_query_id: '1' });
  assert.match(String(at(unknown.body, 'description')), /query is too old/);
  const keyboard = await result('sendMessage', {
    chat_id: mona,
    text: 'size?',
    reply_markup: { keyboard: [['Small', { text: 'Large' }]] },
  });
  await write({ body: { type: 'tap', message_id: String(at(keyboard, 'message_id')), id: 'Large' } });
  assert.equal(at(lastUpdate(), 'message.text'), 'Large');
});

test('edit, delete, copy, forward and react act on messages of the chat', async () => {
  const inbound = await write({ text: 'please' });
  const message_id = at(await result('sendMessage', { chat_id: mona, text: 'one' }), 'message_id');
  assert.equal(
    at(await result('editMessageText', { chat_id: mona, message_id, text: '<b>two</b>', parse_mode: 'HTML' }), 'text'),
    'two',
  );
  const same = await ask('editMessageText', { chat_id: mona, message_id, text: '<b>two</b>', parse_mode: 'HTML' });
  assert.match(String(at(same.body, 'description')), /message is not modified/);
  assert.equal(
    (await ask('editMessageText', { chat_id: mona, message_id: Number(at(inbound.body, 'id')), text: 'x' })).status,
    400,
  );
  assert.deepEqual(
    Object.keys((await result('copyMessage', { chat_id: 700000002, from_chat_id: mona, message_id })) as object),
    ['message_id'],
  );
  assert.equal(
    at(await result('forwardMessage', { chat_id: 700000002, from_chat_id: mona, message_id }), 'forward_origin.type'),
    'user',
  );
  assert.equal(
    await result('setMessageReaction', { chat_id: mona, message_id, reaction: [{ type: 'emoji', emoji: '👍' }] }),
    true,
  );
  assert.equal(
    (await ask('setMessageReaction', { chat_id: mona, message_id, reaction: [{ type: 'emoji', emoji: '🧭' }] })).status,
    400,
  );
  assert.equal(await result('deleteMessage', { chat_id: mona, message_id }), true);
  assert.match(
    String(at((await ask('deleteMessage', { chat_id: mona, message_id })).body, 'description')),
    /not found/,
  );
});

test('a customer who blocks the bot is told about, and can no longer be written to', async () => {
  await write({ body: { type: 'block' } }, 'omar');
  assert.equal(at(lastUpdate(), 'my_chat_member.new_chat_member.status'), 'kicked');
  const answer = await ask('sendMessage', { chat_id: 700000002, text: 'hi' });
  assert.deepEqual(answer.body, { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' });
  await write({ body: { type: 'unblock' } }, 'omar');
  assert.equal(at(lastUpdate(), 'my_chat_member.old_chat_member.status'), 'kicked');
  assert.equal((await ask('sendMessage', { chat_id: 700000002, text: 'hi' })).status, 200);
});

test('only people who have started the bot can be written to', async () => {
  const added = await rig.call('POST', '/telegram/phones', { name: 'Sara', address: '700000003' });
  assert.equal((await ask('sendMessage', { chat_id: 700000003, text: 'hi' })).status, 403);
  await write({ text: '/start' }, String(at(added.body, 'id')));
  assert.equal((await ask('sendMessage', { chat_id: 700000003, text: 'hi' })).status, 200);
});

test('the webhook can be set, looked at and taken away', async () => {
  const set = (parameters: object): Promise<Answered> => ask('setWebhook', parameters);
  assert.equal((await set({ url: 'http://example.com/hook' })).status, 400);
  assert.equal((await set({ url: 'https://example.com:9000/hook' })).status, 400);
  assert.equal((await set({ url: 'https://example.com/hook', secret_token: 'no spaces' })).status, 400);
  assert.equal(
    (await set({ url: bot.webhook_url, secret_token: 'new', allowed_updates: ['message', 'nonsense'] })).status,
    200,
  );
  const info = await result('getWebhookInfo');
  assert.deepEqual(at(info, 'allowed_updates'), ['message']);
  assert.equal(at(info, 'url'), bot.webhook_url);
  await write({ text: 'hi' });
  assert.equal(rig.received[0]?.headers['x-telegram-bot-api-secret-token'], 'new');
  assert.equal((await ask('getUpdates')).status, 409);
  await result('deleteWebhook', {});
  assert.equal(at((await write({ text: 'unheard' })).body, 'webhook_status'), null);
  await set({ url: bot.webhook_url, secret_token: bot.secret_token });
});

test('updates of one chat go out in order, the next only when the last was taken', async () => {
  rig.answers.push(500, 500);
  const texts = ['a', 'b', 'c'];
  await Promise.all(texts.map((text) => write({ text })));
  await rig.webhooks(5);
  assert.deepEqual(
    rig.received.map(({ body }) => at(body, 'message.text')),
    ['a', 'a', 'a', 'b', 'c'],
  );
});
