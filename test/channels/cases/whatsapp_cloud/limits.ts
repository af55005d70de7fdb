import { file } from '../bodies.ts';
import { link, linkLimits, noCaption, textLimits, type LimitCase } from '../cases.ts';

export const limits: LimitCase[] = [
  ...textLimits('text', 4096, 1, (text) => ({ type: 'text', text }), /message has 4097 characters; the limit is 4096/),
  ...textLimits('caption', 1024, 1, (text) => ({ type: 'image', media: link(file), text }), /message has 1025/),
  {
    name: 'formatting, which takes room in the text',
    fits: { type: 'text', text: 'x'.repeat(4094), entities: [{ type: 'bold', offset: 0, length: 4094 }] },
    breaks: { type: 'text', text: 'x'.repeat(4095), entities: [{ type: 'bold', offset: 0, length: 4095 }] },
    problem: /message has 4097/,
  },
  {
    name: 'contacts in one message',
    fits: { type: 'contacts', contacts: Array.from({ length: 257 }, () => ({ name: 'A', phones: [] })) },
    breaks: { type: 'contacts', contacts: Array.from({ length: 258 }, () => ({ name: 'A', phones: [] })) },
    problem: /contacts has 258 items/,
  },
  {
    name: 'a sticker that does not move',
    fits: { type: 'sticker', media: link(file, { animated: false, size: 100 * 1024 }) },
    breaks: { type: 'sticker', media: link(file, { animated: false, size: 100 * 1024 + 1 }) },
    problem: /the limit is 102400 bytes/,
  },
  {
    name: 'image size',
    fits: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 }) },
    breaks: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 + 1 }) },
    problem: /the limit is 5242880 bytes/,
  },
  {
    name: 'image type',
    fits: { type: 'image', media: link(file, { mime: 'image/png' }) },
    breaks: { type: 'image', media: link(file, { mime: 'image/gif' }) },
    problem: /image can't be image\/gif/,
  },
  {
    name: 'audio type',
    fits: { type: 'audio', media: link(file, { mime: 'audio/ogg; codecs=opus' }) },
    breaks: { type: 'audio', media: link(file, { mime: 'audio/wav' }) },
    problem: /audio can't be audio\/wav/,
  },
  noCaption('audio', file),
  ...linkLimits(file),
  {
    name: 'latitude',
    fits: { type: 'location', latitude: 90, longitude: 180 },
    breaks: { type: 'location', latitude: 90.1, longitude: 0 },
    problem: /latitude is 90\.1/,
  },
  {
    name: 'one emoji',
    fits: { type: 'reaction', emoji: '👨‍👩‍👧‍👦', target: 'w' },
    breaks: { type: 'reaction', emoji: '👍👍', target: 'w' },
    problem: /one emoji/,
  },
  {
    name: 'contacts',
    fits: { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
    breaks: { type: 'contacts', contacts: [] },
    problem: /contacts has 0 items/,
  },
  {
    name: 'a text',
    fits: { type: 'text', text: '.' },
    breaks: { type: 'text', text: ' \n' },
    problem: /message must not be empty/,
  },
];
