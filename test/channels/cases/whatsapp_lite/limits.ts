import { asciiLimit, link, textLimits, type LimitCase } from '../cases.ts';

const file = 'https://files.example.com/f';

export const limits: LimitCase[] = [
  ...textLimits('text', 4096, 1, (text) => ({ type: 'text', text }), /message has 4097 characters; the limit is 4096/),
  asciiLimit('caption', 4096, (text) => ({ type: 'image', media: link(file), text }), /message has 4097/),
  {
    name: 'audio without a caption',
    fits: { type: 'audio', media: link(file) },
    breaks: { type: 'audio', media: link(file), text: 'hi' },
    problem: /can't go with audio/,
  },
  {
    name: 'a link to the file',
    fits: { type: 'image', media: link(file) },
    breaks: { type: 'image', media: { status: 'ready' } },
    problem: /media_url is needed/,
  },
  {
    name: 'latitude',
    fits: { type: 'location', latitude: 90, longitude: 0 },
    breaks: { type: 'location', latitude: Number.NaN, longitude: 0 },
    problem: /latitude/,
  },
  {
    name: 'a name',
    fits: { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
    breaks: { type: 'contacts', contacts: [{ name: ' ', phones: [] }] },
    problem: /contacts\[0\]\.name/,
  },
];
