import { link, type LimitCase } from '../cases.ts';
import { file } from '../bodies.ts';
import { sharedLimits } from '../meta/limits.ts';

/** Bytes of UTF-8: one for a Latin letter, two for an Arabic one, four for an emoji. */
const texts: LimitCase[] = [
  { script: 'Latin', sign: 'a', most: 1000 },
  { script: 'Arabic', sign: 'ش', most: 500 },
  { script: 'emoji', sign: '👍', most: 250 },
].map(({ script, sign, most }) => ({
  name: `text in ${script}`,
  fits: { type: 'text', text: sign.repeat(most) },
  breaks: { type: 'text', text: sign.repeat(most + 1) },
  problem: /message has 100[124] bytes; the limit is 1000 bytes/,
}));

export const limits: LimitCase[] = [
  ...texts,
  ...sharedLimits,
  {
    name: 'image type',
    fits: { type: 'image', media: link(file, { mime: 'image/png' }) },
    breaks: { type: 'image', media: link(file, { mime: 'image/webp' }) },
    problem: /image can't be image\/webp/,
  },
  {
    name: 'audio type',
    fits: { type: 'audio', media: link(file, { mime: 'audio/mp4' }) },
    breaks: { type: 'audio', media: link(file, { mime: 'audio/ogg; codecs=opus' }) },
    problem: /audio can't be audio\/ogg/,
  },
  {
    name: 'document type',
    fits: { type: 'document', media: link(file, { mime: 'application/pdf' }) },
    breaks: { type: 'document', media: link(file, { mime: 'text/plain' }) },
    problem: /document can't be text\/plain/,
  },
  {
    name: 'the heart',
    fits: { type: 'reaction', emoji: '❤️', target: 'm' },
    breaks: { type: 'reaction', emoji: '👍', target: 'm' },
    problem: /must be ❤ on Instagram/,
  },
];
