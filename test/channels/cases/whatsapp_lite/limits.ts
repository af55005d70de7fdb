import { asciiLimit, link, linkLimits, noCaption, textLimits, type LimitCase } from '../cases.ts';

const file = 'https://files.example.com/f';

export const limits: LimitCase[] = [
  ...textLimits('text', 4096, 1, (text) => ({ type: 'text', text }), /message has 4097 characters; the limit is 4096/),
  asciiLimit('caption', 4096, (text) => ({ type: 'image', media: link(file), text }), /message has 4097/),
  noCaption('audio', file),
  ...linkLimits(file),
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
