import { file } from '../bodies.ts';
import { link, type SendCase } from '../cases.ts';
import { bold } from './bodies.ts';
import { reply_parameters, sent } from './sent.ts';

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
    'photo under a spoiler',
    { type: 'image', media: link(file) },
    'sendPhoto',
    { photo: file, has_spoiler: true, show_caption_above_media: true },
    { options: { has_spoiler: true, show_caption_above_media: true } },
  ),
  sent('moving picture', { type: 'image', media: link(`${file}.gif`) }, 'sendAnimation', { animation: `${file}.gif` }),
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
