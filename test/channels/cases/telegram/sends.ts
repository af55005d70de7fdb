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
  sent(
    'to a topic',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1001234567890, message_thread_id: 7, text: 'hi' },
    { to: { identities: [{ kind: 'group', value: '-1001234567890/7' }] } },
  ),
  sent(
    'to a customer of a channel',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1003333333333, direct_messages_topic_id: 5000000001, text: 'hi' },
    { to: { identities: [{ kind: 'group', value: '-1003333333333/d5000000001' }] } },
  ),
  sent(
    'to a group that has moved',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1009999999999, text: 'hi' },
    {
      to: {
        identities: [
          { kind: 'group', value: '-1009999999999' },
          { kind: 'group', value: '-500' },
        ],
      },
    },
  ),
  sent(
    'quietly, protected, without a preview',
    { type: 'text', text: 'https://example.com' },
    'sendMessage',
    {
      text: 'https://example.com',
      link_preview_options: { is_disabled: true },
      disable_notification: true,
      protect_content: true,
      message_effect_id: '5046509860389126442',
    },
    {
      options: {
        disable_notification: true,
        protect_content: true,
        disable_link_preview: true,
        message_effect_id: '5046509860389126442',
      },
    },
  ),
  sent(
    'a topic named in the options',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: '@shop_talk', message_thread_id: 9, text: 'hi' },
    { to: { identities: [{ kind: 'telegram_chat', value: '@shop_talk' }] }, options: { message_thread_id: 9 } },
  ),
  sent(
    'photo under a spoiler',
    { type: 'image', media: link(file) },
    'sendPhoto',
    { photo: file, has_spoiler: true, show_caption_above_media: true },
    { options: { has_spoiler: true, show_caption_above_media: true } },
  ),
  sent('moving picture', { type: 'image', media: link(`${file}.gif`) }, 'sendAnimation', { animation: `${file}.gif` }),
  sent(
    'buttons under a picture',
    interactive({
      kind: 'link_button',
      link: { title: 'الموقع', url: 'https://example.com' },
      file: { type: 'image', media: link(file) },
      footer: 'F',
    }),
    'sendPhoto',
    {
      photo: file,
      caption: 'اختر\n\nF',
      reply_markup: { inline_keyboard: [[{ text: 'الموقع', url: 'https://example.com' }]] },
    },
  ),
  sent(
    'buttons side by side',
    interactive({
      kind: 'buttons',
      buttons: ['a', 'b', 'c'].map((id) => ({ id, title: id.toUpperCase() })),
    }),
    'sendMessage',
    {
      text: 'اختر',
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'A', callback_data: 'a' },
            { text: 'B', callback_data: 'b' },
          ],
          [{ text: 'C', callback_data: 'c' }],
        ],
      },
    },
    { options: { columns: 2 } },
  ),
  sent('a place is asked for', interactive({ kind: 'location_request' }, 'أين أنت؟'), 'sendMessage', {
    text: 'أين أنت؟',
    reply_markup: {
      keyboard: [[{ text: '📍', request_location: true }]],
      resize_keyboard: true,
      one_time_keyboard: true,
    },
  }),
  sent(
    'keys in place of the keyboard',
    { type: 'text', text: 'رقمك؟' },
    'sendMessage',
    {
      text: 'رقمك؟',
      reply_markup: {
        keyboard: [[{ text: 'رقمي', request_contact: true }], [{ text: 'لا' }]],
        resize_keyboard: true,
        one_time_keyboard: true,
        input_field_placeholder: 'رقم',
      },
    },
    {
      options: {
        keyboard: {
          rows: [[{ text: 'رقمي', request_contact: true }], [{ text: 'لا' }]],
          one_time: true,
          placeholder: 'رقم',
        },
      },
    },
  ),
  sent(
    'keys taken away',
    { type: 'text', text: 'شكرا' },
    'sendMessage',
    { text: 'شكرا', reply_markup: { remove_keyboard: true } },
    { options: { keyboard: 'remove' } },
  ),
  sent(
    'poll',
    { type: 'text', text: 'شاي؟' },
    'sendPoll',
    {
      question: 'شاي؟',
      options: [{ text: 'نعم' }, { text: 'لا' }],
      is_anonymous: false,
      type: 'quiz',
      correct_option_ids: [0],
    },
    { options: { poll: { options: ['نعم', 'لا'], is_anonymous: false, type: 'quiz', correct_option_ids: [0] } } },
  ),
  sent(
    'album',
    { type: 'image', media: link(file), text: 'a b', entities: bold(0, 1) },
    'sendMediaGroup',
    {
      media: [
        { type: 'photo', media: file, caption: 'a b', caption_entities: bold(0, 1) },
        { type: 'photo', media: `${file}.jpg` },
        { type: 'video', media: `${file}.mp4` },
      ],
      disable_notification: true,
    },
    {
      options: {
        album: [{ media_url: `${file}.jpg` }, { media_url: `${file}.mp4`, media_type: 'video' }],
        disable_notification: true,
      },
      taken: {
        answer: {
          status: 200,
          json: {
            ok: true,
            result: [77, 78, 79].map((message_id) => ({ message_id, chat: { id: 5000000001, type: 'private' } })),
          },
        },
        providerMessageId: '5000000001:77',
      },
    },
  ),
  sent(
    'forward',
    { type: 'text', text: 'what it said' },
    'forwardMessage',
    { from_chat_id: -1001234567890, message_id: 60, protect_content: true },
    {
      forwardOf: {
        providerMessageId: '-1001234567890:60',
        from: { identities: [{ kind: 'group', value: '-1001234567890/7' }] },
      },
      options: { protect_content: true },
    },
  ),
  sent(
    'forward out of a business chat, which becomes a message of its own',
    { type: 'text', text: 'what it said' },
    'sendMessage',
    { text: 'what it said' },
    {
      forwardOf: {
        providerMessageId: '5000000001@bc_9aZ:8',
        from: { identities: [{ kind: 'telegram_chat', value: '5000000001@bc_9aZ' }] },
      },
    },
  ),
];
