import type { Body } from '@parley/core/domain/body.ts';
import { link, type SendCase } from '../cases.ts';
import { bold, file, interactive } from './bodies.ts';

const reply_parameters = { message_id: 12, allow_sending_without_reply: true };
function sent(name: string, body: Body, method: string, parameters: object, more: Partial<SendCase> = {}): SendCase {
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

export const sends: SendCase[] = [
  sent('text', { type: 'text', text: 'مرحبا 👋' }, 'sendMessage', { text: 'مرحبا 👋' }),
  sent(
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
  sent(
    'reply',
    { type: 'text', text: 'نعم' },
    'sendMessage',
    { text: 'نعم', reply_parameters },
    { replyTo: '5000000001:12' },
  ),
  sent(
    'reply to what is no message',
    { type: 'text', text: 'نعم' },
    'sendMessage',
    { text: 'نعم' },
    { replyTo: 'callback:4382' },
  ),
  sent('photo', { type: 'image', media: link(file), text: 'فاتورة', entities: bold(0, 6) }, 'sendPhoto', {
    photo: file,
    caption: 'فاتورة',
    caption_entities: bold(0, 6),
  }),
  sent('video', { type: 'video', media: link(file) }, 'sendVideo', { video: file }),
  sent('animation', { type: 'video', media: link(file, { animated: true }) }, 'sendAnimation', { animation: file }),
  sent('audio', { type: 'audio', media: link(file), text: 'a' }, 'sendAudio', { audio: file, caption: 'a' }),
  sent('voice', { type: 'audio', media: link(file, { voice: true }) }, 'sendVoice', { voice: file }),
  sent(
    'document',
    { type: 'document', media: link(file), text: 'عقد' },
    'sendDocument',
    { document: file, caption: 'عقد' },
    {},
  ),
  sent('sticker', { type: 'sticker', media: link(file) }, 'sendSticker', { sticker: file }),
  sent('location', { type: 'location', latitude: 30.04, longitude: 31.2 }, 'sendLocation', {
    latitude: 30.04,
    longitude: 31.2,
  }),
  sent('venue', { type: 'location', latitude: 1, longitude: 2, name: 'N', address: 'A' }, 'sendVenue', {
    latitude: 1,
    longitude: 2,
    title: 'N',
    address: 'A',
  }),
  sent('venue without an address', { type: 'location', latitude: 1, longitude: 2, name: 'N' }, 'sendVenue', {
    latitude: 1,
    longitude: 2,
    title: 'N',
    address: 'N',
  }),
  sent('contact', { type: 'contacts', contacts: [{ name: 'أحمد', phones: ['+201000000009'] }] }, 'sendContact', {
    phone_number: '+201000000009',
    first_name: 'أحمد',
  }),
  sent('reaction', { type: 'reaction', emoji: '👍', target: '5000000001:50' }, 'setMessageReaction', {
    message_id: 50,
    reaction: [{ type: 'emoji', emoji: '👍' }],
  }),
  sent('reaction taken back', { type: 'reaction', emoji: null, target: '5000000001:50' }, 'setMessageReaction', {
    message_id: 50,
    reaction: [],
  }),
  sent(
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
  sent('quick replies', interactive({ kind: 'quick_replies', buttons: [{ id: 'y', title: 'نعم' }] }), 'sendMessage', {
    text: 'اختر',
    reply_markup: { inline_keyboard: [[{ text: 'نعم', callback_data: 'y' }]] },
  }),
  sent(
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
  sent(
    'link button',
    interactive({ kind: 'link_button', link: { title: 'الموقع', url: 'https://example.com' } }),
    'sendMessage',
    { text: 'اختر', reply_markup: { inline_keyboard: [[{ text: 'الموقع', url: 'https://example.com' }]] } },
  ),
  sent(
    'to a group',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1001234567890, text: 'hi' },
    { to: { identities: [{ kind: 'group', value: '-1001234567890' }] } },
  ),
  sent(
    'to a username',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: '@shop_news', text: 'hi' },
    { to: { identities: [{ kind: 'telegram_chat', value: '@shop_news' }] } },
  ),
  sent(
    'to a business chat',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { business_connection_id: 'bc_9aZ', text: 'hi', reply_parameters },
    { to: { identities: [{ kind: 'telegram_chat', value: '5000000001@bc_9aZ' }] }, replyTo: '5000000001@bc_9aZ:12' },
  ),
];
