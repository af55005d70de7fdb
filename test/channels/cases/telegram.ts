import { createHash } from 'node:crypto';
import type { Body, Choice, Entity, Interactive } from '@parley/core/domain/body.ts';
import { asciiLimit, link, textLimits, webhook, type ChannelCases, type SendCase } from './cases.ts';

const secret = 'Secret_token-1';
const header = { 'x-telegram-bot-api-secret-token': secret };
const signer = { id: 'acc_1', secrets: [{ bot_token: '7001:AAE-x', secret_token: secret }] };

function sends(name: string, body: Body, method: string, parameters: object, more: Partial<SendCase> = {}): SendCase {
  return {
    name,
    body,
    ...more,
    request: {
      method: 'POST',
      path: `/bot7001:AAE-x/${method}`,
      headers: { 'content-type': 'application/json' },
      body: { chat_id: 5000000001, ...parameters },
    },
  };
}

const file = 'https://files.example.com/f';
const reply_parameters = { message_id: 12, allow_sending_without_reply: true };
const choices = (count: number): Choice[] =>
  Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, title: `T ${index}` }));
const interactive = (content: Interactive, text = 'اختر'): Body => ({
  type: 'interactive',
  interactive: content,
  text,
});
const buttons = (list: Choice[], text?: string): Body => interactive({ kind: 'buttons', buttons: list }, text);
const bold = (offset: number, length: number): Entity[] => [{ type: 'bold', offset, length }];

export const cases: ChannelCases = {
  externalId: '7001',
  credentials: { bot_token: '7001:AAE-x', secret_token: secret },
  names: [`secret:${createHash('sha256').update(secret).digest('hex')}`, 'address:7001'],
  to: { identities: [{ kind: 'telegram_chat', value: '5000000001' }] },
  signatures: [
    { name: 'the secret', request: webhook('{}', header), signer, genuine: true },
    {
      name: 'the secret while it is being changed',
      request: webhook('{}', header),
      signer: { id: 'a', secrets: [{ secret_token: 'new' }, { secret_token: secret }] },
      genuine: true,
    },
    {
      name: 'another secret',
      request: webhook('{}', { 'x-telegram-bot-api-secret-token': 'Secret_token-2' }),
      signer,
      genuine: false,
    },
    {
      name: 'a longer secret',
      request: webhook('{}', { 'x-telegram-bot-api-secret-token': `${secret}1` }),
      signer,
      genuine: false,
    },
    { name: 'no secret', request: webhook('{}'), signer, genuine: false },
    {
      name: 'an empty secret on both sides',
      request: webhook('{}', { 'x-telegram-bot-api-secret-token': '' }),
      signer: { id: 'a', secrets: [{ secret_token: '' }] },
      genuine: false,
    },
  ],
  hints: [
    { request: webhook('{}', header), hints: [`secret:${createHash('sha256').update(secret).digest('hex')}`] },
    { request: webhook('{}'), hints: [] },
  ],
  sends: [
    sends('text', { type: 'text', text: 'مرحبا 👋' }, 'sendMessage', { text: 'مرحبا 👋' }),
    sends(
      'text with formatting',
      {
        type: 'text',
        text: '👋 bold @me',
        entities: [
          ...bold(3, 4),
          { type: 'mention', offset: 8, length: 3 },
          { type: 'custom_emoji', offset: 0, length: 2 },
        ],
      },
      'sendMessage',
      { text: '👋 bold @me', entities: bold(3, 4) },
    ),
    sends(
      'reply',
      { type: 'text', text: 'نعم' },
      'sendMessage',
      { text: 'نعم', reply_parameters },
      { replyTo: '5000000001:12' },
    ),
    sends(
      'reply to what is no message',
      { type: 'text', text: 'نعم' },
      'sendMessage',
      { text: 'نعم' },
      { replyTo: 'callback:4382' },
    ),
    sends('photo', { type: 'image', media: link(file), text: 'فاتورة', entities: bold(0, 6) }, 'sendPhoto', {
      photo: file,
      caption: 'فاتورة',
      caption_entities: bold(0, 6),
    }),
    sends('video', { type: 'video', media: link(file) }, 'sendVideo', { video: file }),
    sends('animation', { type: 'video', media: link(file, { animated: true }) }, 'sendAnimation', { animation: file }),
    sends('audio', { type: 'audio', media: link(file), text: 'a' }, 'sendAudio', { audio: file, caption: 'a' }),
    sends('voice', { type: 'audio', media: link(file, { voice: true }) }, 'sendVoice', { voice: file }),
    sends(
      'document',
      { type: 'document', media: link(file), text: 'عقد' },
      'sendDocument',
      { document: file, caption: 'عقد' },
      {},
    ),
    sends('sticker', { type: 'sticker', media: link(file) }, 'sendSticker', { sticker: file }),
    sends('location', { type: 'location', latitude: 30.04, longitude: 31.2 }, 'sendLocation', {
      latitude: 30.04,
      longitude: 31.2,
    }),
    sends('venue', { type: 'location', latitude: 1, longitude: 2, name: 'N', address: 'A' }, 'sendVenue', {
      latitude: 1,
      longitude: 2,
      title: 'N',
      address: 'A',
    }),
    sends('venue without an address', { type: 'location', latitude: 1, longitude: 2, name: 'N' }, 'sendVenue', {
      latitude: 1,
      longitude: 2,
      title: 'N',
      address: 'N',
    }),
    sends('contact', { type: 'contacts', contacts: [{ name: 'أحمد', phones: ['+201000000009'] }] }, 'sendContact', {
      phone_number: '+201000000009',
      first_name: 'أحمد',
    }),
    sends('reaction', { type: 'reaction', emoji: '👍', target: '5000000001:50' }, 'setMessageReaction', {
      message_id: 50,
      reaction: [{ type: 'emoji', emoji: '👍' }],
    }),
    sends('reaction taken back', { type: 'reaction', emoji: null, target: '5000000001:50' }, 'setMessageReaction', {
      message_id: 50,
      reaction: [],
    }),
    sends(
      'buttons under a header',
      {
        ...interactive({
          kind: 'buttons',
          buttons: [
            { id: 'y', title: 'نعم' },
            { id: 'n', title: 'لا' },
          ],
          header: 'H',
          footer: 'F',
        }),
        entities: bold(0, 4),
      } as Body,
      'sendMessage',
      {
        text: 'H\n\nاختر\n\nF',
        entities: bold(3, 4),
        reply_markup: { inline_keyboard: [[{ text: 'نعم', callback_data: 'y' }], [{ text: 'لا', callback_data: 'n' }]] },
      },
    ),
    sends(
      'quick replies',
      interactive({ kind: 'quick_replies', buttons: [{ id: 'y', title: 'نعم' }] }),
      'sendMessage',
      { text: 'اختر', reply_markup: { inline_keyboard: [[{ text: 'نعم', callback_data: 'y' }]] } },
    ),
    sends(
      'list',
      interactive({
        kind: 'list',
        button: 'Open',
        sections: [
          {
            title: 'Tea',
            rows: [
              { id: 'a', title: 'A', description: 'green' },
              { id: 'b', title: 'B' },
            ],
          },
          { rows: [{ id: 'c', title: 'C' }] },
        ],
      }),
      'sendMessage',
      {
        text: 'اختر\n\nTea\n• A: green',
        reply_markup: {
          inline_keyboard: [
            [{ text: 'A', callback_data: 'a' }],
            [{ text: 'B', callback_data: 'b' }],
            [{ text: 'C', callback_data: 'c' }],
          ],
        },
      },
    ),
    sends(
      'link button',
      interactive({ kind: 'link_button', link: { title: 'الموقع', url: 'https://example.com' } }),
      'sendMessage',
      { text: 'اختر', reply_markup: { inline_keyboard: [[{ text: 'الموقع', url: 'https://example.com' }]] } },
    ),
    sends(
      'to a group',
      { type: 'text', text: 'hi' },
      'sendMessage',
      { chat_id: -1001234567890, text: 'hi' },
      { to: { identities: [{ kind: 'group', value: '-1001234567890' }] } },
    ),
    sends(
      'to a username',
      { type: 'text', text: 'hi' },
      'sendMessage',
      { chat_id: '@shop_news', text: 'hi' },
      { to: { identities: [{ kind: 'telegram_chat', value: '@shop_news' }] } },
    ),
    sends(
      'to a business chat',
      { type: 'text', text: 'hi' },
      'sendMessage',
      { business_connection_id: 'bc_9aZ', text: 'hi', reply_parameters },
      { to: { identities: [{ kind: 'telegram_chat', value: '5000000001@bc_9aZ' }] }, replyTo: '5000000001@bc_9aZ:12' },
    ),
  ],
  taken: {
    answer: {
      status: 200,
      json: { ok: true, result: { message_id: 77, date: 1763800000, chat: { id: 5000000001, type: 'private' } } },
    },
    providerMessageId: '5000000001:77',
  },
  limits: [
    ...textLimits('text', 4096, 2, (text) => ({ type: 'text', text }), /message has 409[78] characters/),
    ...textLimits(
      'caption',
      1024,
      2,
      (text) => ({ type: 'image', media: link(file), text }),
      /message has 102[56] characters/,
    ),
    ...textLimits(
      'callback data',
      64,
      4,
      (id) => buttons([{ id, title: 'A' }]),
      /buttons\[0\]\.id has \d+ bytes; the limit is 64 bytes/,
    ).filter(({ name }) => !name.includes('Arabic')),
    {
      name: 'callback data in Arabic, two bytes a letter',
      fits: buttons([{ id: 'ش'.repeat(32), title: 'A' }]),
      breaks: buttons([{ id: 'ش'.repeat(33), title: 'A' }]),
      problem: /has 66 bytes; the limit is 64/,
    },
    asciiLimit(
      'text with header',
      4096,
      (text) => interactive({ kind: 'buttons', buttons: choices(1), header: 'H' }, text.slice(3)),
      /header, rows and footer has 4097/,
    ),
    asciiLimit(
      'vcard',
      2048,
      (vcard) => ({ type: 'contacts', contacts: [{ name: 'A', phones: ['+201000000009'], vcard }] }),
      /vcard has 2049 bytes/,
    ),
    {
      name: 'buttons',
      fits: buttons(choices(100)),
      breaks: buttons(choices(101)),
      problem: /buttons has 101 items; it takes 1 to 100/,
    },
    {
      name: 'buttons together',
      fits: buttons([{ id: 'a', title: 'x'.repeat(900) }]),
      breaks: buttons(choices(12).map((choice) => ({ ...choice, title: 'x'.repeat(900) }))),
      problem: /together/,
    },
    {
      name: 'an entity inside the text',
      fits: { type: 'text', text: 'ab', entities: bold(0, 2) },
      breaks: { type: 'text', text: 'ab', entities: bold(0, 3) },
      problem: /entities\[0\] must lie inside/,
    },
    {
      name: 'an entity of some length',
      fits: { type: 'text', text: 'ab', entities: bold(1, 1) },
      breaks: { type: 'text', text: 'ab', entities: bold(1, 0) },
      problem: /entities\[0\]/,
    },
    {
      name: 'an entity beside an emoji',
      fits: { type: 'text', text: '👍a', entities: bold(2, 1) },
      breaks: { type: 'text', text: '👍a', entities: bold(1, 2) },
      problem: /split no character/,
    },
    {
      name: 'a caption’s entity',
      fits: { type: 'image', media: link(file), text: 'ab', entities: bold(0, 2) },
      breaks: { type: 'image', media: link(file), entities: bold(0, 1) },
      problem: /entities\[0\]/,
    },
    {
      name: 'the address of a text link',
      fits: { type: 'text', text: 'ab', entities: [{ type: 'text_link', offset: 0, length: 2, url: file }] },
      breaks: { type: 'text', text: 'ab', entities: [{ type: 'text_link', offset: 0, length: 2 }] },
      problem: /entities\[0\]\.url is needed/,
    },
    {
      name: 'photo size',
      fits: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 }) },
      breaks: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 + 1 }) },
      problem: /limit is 5242880/,
    },
    {
      name: 'file size',
      fits: { type: 'document', media: link(file, { size: 20 * 1024 * 1024 }) },
      breaks: { type: 'document', media: link(file, { size: 20 * 1024 * 1024 + 1 }) },
      problem: /limit is 20971520/,
    },
    {
      name: 'sticker without a caption',
      fits: { type: 'sticker', media: link(file) },
      breaks: { type: 'sticker', media: link(file), text: 'hi' },
      problem: /sticker/,
    },
    {
      name: 'one contact',
      fits: { type: 'contacts', contacts: [{ name: 'A', phones: ['+201000000009'] }] },
      breaks: {
        type: 'contacts',
        contacts: [
          { name: 'A', phones: ['1'] },
          { name: 'B', phones: ['2'] },
        ],
      },
      problem: /contacts has 2 items; it takes 1 to 1/,
    },
    {
      name: 'a contact with a phone',
      fits: { type: 'contacts', contacts: [{ name: 'A', phones: ['+201000000009'] }] },
      breaks: { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
      problem: /phones has 0 items/,
    },
    {
      name: 'a message to react to',
      fits: { type: 'reaction', emoji: '👍', target: '5:1' },
      breaks: { type: 'reaction', emoji: '👍', target: 'callback:9' },
      problem: /reaction\.target/,
    },
    {
      name: 'longitude',
      fits: { type: 'location', latitude: -90, longitude: -180 },
      breaks: { type: 'location', latitude: 0, longitude: 181 },
      problem: /longitude is 181/,
    },
  ],
  impossible: [
    { type: 'template', template: { name: 'a', language: 'en' } },
    { type: 'system', event: 'x', text: 'x' },
    { type: 'unsupported', providerType: 'x', raw: {} },
    interactive({ kind: 'carousel', cards: [] }),
    interactive({ kind: 'reply', id: 'x', title: 'x' }),
  ],
  recipients: [
    ['5000000001', 'telegram_chat:5000000001'],
    ['-1001234567890', 'group:-1001234567890'],
    ['@shop_news', 'telegram_chat:@shop_news'],
    ['+201000000001', undefined],
    ['0', undefined],
    ['99999999999999999999', undefined],
    ['@x', undefined],
  ],
};
