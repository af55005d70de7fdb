import assert from 'node:assert/strict';
import test from 'node:test';
import { at } from './rig.ts';
import { startBotRig } from './telegram-rig.ts';

const rig = await startBotRig();
const { bot } = rig;
const to = { chat_id: 700000001 };
const key = (button: object): object => ({ inline_keyboard: [[button]] });

const refused: [what: string, method: string, parameters: object, description: RegExp][] = [
  ['no chat', 'sendMessage', { text: 'x' }, /chat_id is empty/],
  ['an unknown chat', 'sendMessage', { chat_id: 5, text: 'x' }, /chat not found/],
  ['a user name', 'sendMessage', { chat_id: '@mona', text: 'x' }, /chat not found/],
  ['no text', 'sendMessage', { ...to }, /message text is empty/],
  ['blank text', 'sendMessage', { ...to, text: ' \n' }, /message text is empty/],
  ['4097 units', 'sendMessage', { ...to, text: 'x'.repeat(4097) }, /message is too long/],
  ['4096 units in 2049 emoji', 'sendMessage', { ...to, text: '😀'.repeat(2049) }, /message is too long/],
  ['an unknown parse mode', 'sendMessage', { ...to, text: 'x', parse_mode: 'BBCode' }, /unsupported parse_mode/],
  [
    'a parse mode beside entities',
    'sendMessage',
    { ...to, text: 'x', parse_mode: 'HTML', entities: [{ type: 'bold', offset: 0, length: 1 }] },
    /can't use parse_mode/,
  ],
  [
    'an unclosed tag',
    'sendMessage',
    { ...to, text: '<b>x', parse_mode: 'HTML' },
    /can't parse entities: Can't find end tag/,
  ],
  ['an unescaped dot', 'sendMessage', { ...to, text: 'a.', parse_mode: 'MarkdownV2' }, /Character '\.' is reserved/],
  [
    'an entity past the end',
    'sendMessage',
    { ...to, text: 'ab', entities: [{ type: 'bold', offset: 1, length: 2 }] },
    /ends after the end/,
  ],
  [
    'an entity inside a pair',
    'sendMessage',
    { ...to, text: '😀', entities: [{ type: 'bold', offset: 1, length: 1 }] },
    /middle of a UTF-16 symbol/,
  ],
  [
    'an entity of no type',
    'sendMessage',
    { ...to, text: 'ab', entities: [{ type: 'loud', offset: 0, length: 1 }] },
    /unsupported type/,
  ],
  [
    'a link without its address',
    'sendMessage',
    { ...to, text: 'ab', entities: [{ type: 'text_link', offset: 0, length: 1 }] },
    /field "url" not found/,
  ],
  [
    'a reply to nothing',
    'sendMessage',
    { ...to, text: 'x', reply_parameters: { message_id: 99999 } },
    /message to be replied not found/,
  ],
  [
    'callback data of 65 bytes',
    'sendMessage',
    { ...to, text: 'x', reply_markup: key({ text: 'A', callback_data: 'ي'.repeat(33) }) },
    /BUTTON_DATA_INVALID/,
  ],
  [
    'empty callback data',
    'sendMessage',
    { ...to, text: 'x', reply_markup: key({ text: 'A', callback_data: '' }) },
    /BUTTON_DATA_INVALID/,
  ],
  [
    'a button that does nothing',
    'sendMessage',
    { ...to, text: 'x', reply_markup: key({ text: 'A' }) },
    /Text buttons are unallowed/,
  ],
  [
    'a button without text',
    'sendMessage',
    { ...to, text: 'x', reply_markup: key({ callback_data: 'a' }) },
    /Field "text"/,
  ],
  [
    'a button with a wrong link',
    'sendMessage',
    { ...to, text: 'x', reply_markup: key({ text: 'A', url: 'nowhere' }) },
    /Wrong HTTP URL/,
  ],
  [
    '101 buttons',
    'sendMessage',
    {
      ...to,
      text: 'x',
      reply_markup: { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'A', callback_data: 'a' }]) },
    },
    /reply markup is too long/,
  ],
  ['a markup that is none', 'sendMessage', { ...to, text: 'x', reply_markup: 'no json' }, /reply markup JSON/],
  [
    'a caption of 1025',
    'sendPhoto',
    { ...to, photo: 'https://example.com/a.jpg', caption: 'x'.repeat(1025) },
    /caption is too long/,
  ],
  ['no photo', 'sendPhoto', { ...to }, /there is no photo/],
  ['a made-up file id', 'sendPhoto', { ...to, photo: 'AgACAgQAAxkxyz' }, /wrong file identifier/],
  [
    'a video note by link',
    'sendVideoNote',
    { ...to, video_note: 'https://example.com/a.mp4' },
    /video note by HTTP URL/,
  ],
  [
    'a dead link on this machine',
    'sendPhoto',
    { ...to, photo: 'http://127.0.0.1:1/a.png' },
    /failed to get HTTP URL content/,
  ],
  ['a place off the globe', 'sendLocation', { ...to, latitude: 91, longitude: 0 }, /latitude/],
  ['a venue without title', 'sendVenue', { ...to, latitude: 1, longitude: 0, address: 'A' }, /title is empty/],
  ['a contact without name', 'sendContact', { ...to, phone_number: '+1' }, /first name is empty/],
  ['a question of 301', 'sendPoll', { ...to, question: 'x'.repeat(301), options: [{ text: 'A' }] }, /300/],
  [
    '13 options',
    'sendPoll',
    { ...to, question: 'x', options: Array.from({ length: 13 }, () => ({ text: 'A' })) },
    /between 1 and 12/,
  ],
  [
    'an album of one',
    'sendMediaGroup',
    { ...to, media: [{ type: 'photo', media: 'https://example.com/a.jpg' }] },
    /wrong number of media/,
  ],
  [
    'a mixed album',
    'sendMediaGroup',
    {
      ...to,
      media: [
        { type: 'photo', media: 'https://example.com/a.jpg' },
        { type: 'document', media: 'https://example.com/a.pdf' },
      ],
    },
    /can't be mixed/,
  ],
  ['an unknown action', 'sendChatAction', { ...to, action: 'dancing' }, /wrong parameter action/],
  [
    'a reaction to nothing',
    'setMessageReaction',
    { ...to, message_id: 99999, reaction: [] },
    /message to react not found/,
  ],
  ['an edit of nothing', 'editMessageText', { ...to, message_id: 99999, text: 'x' }, /message to edit not found/],
  [
    'a copy of nothing',
    'copyMessage',
    { ...to, from_chat_id: 700000001, message_id: 99999 },
    /message to copy not found/,
  ],
  ['an unknown file', 'getFile', { file_id: 'x' }, /wrong file_id/],
];

for (const [what, method, parameters, description] of refused) {
  test(`${method} refuses ${what}`, async () => {
    const answer = await rig.ask(method, parameters);
    assert.equal(answer.status, 400, JSON.stringify(answer.body));
    assert.equal(at(answer.body, 'ok'), false);
    assert.equal(at(answer.body, 'error_code'), 400);
    assert.match(String(at(answer.body, 'description')), /^Bad Request: /);
    assert.match(String(at(answer.body, 'description')), description);
  });
}

async function statusOf(path: string, body?: unknown): Promise<number> {
  return (await rig.call('POST', `/telegram/${path}`, body)).status;
}

test('a wrong token is 401, a malformed one 404, an unknown method 404, a broken body 400', async () => {
  assert.equal(await statusOf('bot123456789:wrong/getMe'), 401);
  assert.equal(await statusOf('botwrong/getMe'), 404);
  assert.equal(await statusOf(`bot${bot.token}/getEverything`), 404);
  assert.equal(await statusOf(`bot${bot.token}/toString`), 404);
  assert.equal(await statusOf(`bot${bot.token}/sendMessage`, 'text'), 400);
});

test('a reply may survive a message that is gone', async () => {
  const reply_parameters = { message_id: 99999, allow_sending_without_reply: true };
  assert.equal((await rig.ask('sendMessage', { ...to, text: 'x', reply_parameters })).status, 200);
});
