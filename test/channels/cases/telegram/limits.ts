import { buttons, choices, file, interactive } from '../bodies.ts';
import { asciiLimit, link, textLimits, type LimitCase } from '../cases.ts';
import { bold } from './bodies.ts';

export const limits: LimitCase[] = [
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
    fits: { type: 'image', media: link(file, { size: 10 * 1024 * 1024 }) },
    breaks: { type: 'image', media: link(file, { size: 10 * 1024 * 1024 + 1 }) },
    problem: /limit is 10485760/,
  },
  {
    name: 'file size',
    fits: { type: 'document', media: link(file, { size: 50 * 1024 * 1024 }) },
    breaks: { type: 'document', media: link(file, { size: 50 * 1024 * 1024 + 1 }) },
    problem: /limit is 52428800/,
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
    problem: /reaction\.message_id/,
  },
  {
    name: 'longitude',
    fits: { type: 'location', latitude: -90, longitude: -180 },
    breaks: { type: 'location', latitude: 0, longitude: 181 },
    problem: /longitude is 181/,
  },
  asciiLimit(
    'caption above a file with buttons',
    1024,
    (text) => interactive({ kind: 'buttons', buttons: choices(1), file: { type: 'image', media: link(file) } }, text),
    /has 1025 characters/,
  ),
  {
    ...asciiLimit('question of a poll', 300, (text) => ({ type: 'text', text }), /message has 301 characters/),
    options: { poll: { options: ['Tea', 'Coffee'] } },
  },
  {
    name: 'a poll to a text',
    fits: { type: 'text', text: 'Tea?' },
    breaks: { type: 'location', latitude: 1, longitude: 2 },
    options: { poll: { options: ['Yes', 'No'] } },
    problem: /options\.poll goes only with a text/,
  },
  {
    name: 'a keyboard to a message without buttons',
    fits: { type: 'text', text: 'Which?' },
    breaks: buttons(choices(1)),
    options: { keyboard: { rows: [[{ text: 'A' }]] } },
    problem: /options\.keyboard goes only with/,
  },
  {
    name: 'a round video to a video without words',
    fits: { type: 'video', media: link(file) },
    breaks: { type: 'video', media: link(file), text: 'see' },
    options: { video_note: true },
    problem: /options\.video_note goes only with a video without message/,
  },
  {
    name: 'an album to files of one kind',
    fits: { type: 'image', media: link(file) },
    breaks: { type: 'document', media: link(file) },
    options: { album: [{ media_url: file, media_type: 'video' }] },
    problem: /options\.album goes only with/,
  },
];
