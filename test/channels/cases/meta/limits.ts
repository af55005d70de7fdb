import type { Body, Choice } from '@parley/core/domain/body.ts';
import { asciiLimit, link, linkLimits, noCaption, ownButtons, textLimits, type LimitCase } from '../cases.ts';
import { buttons, choices, file, interactive } from '../bodies.ts';
import { card, carousel } from './bodies.ts';

const MB = 1024 * 1024;

function quick(list: Choice[], text?: string): Body {
  return interactive({ kind: 'quick_replies', buttons: list }, text);
}

/** The limits that Messenger and Instagram share. */
export const sharedLimits: LimitCase[] = [
  ...textLimits('button title', 20, 1, (title) => buttons([{ id: 'a', title }]), /buttons\[0\]\.title has 21/),
  ...textLimits('text over buttons', 640, 1, (text) => buttons(choices(1), text), /message has 641/),
  ...textLimits('quick reply title', 20, 1, (title) => quick([{ id: 'a', title }]), /buttons\[0\]\.title has 21/),
  asciiLimit('button id', 1000, (id) => buttons([{ id, title: 'A' }]), /buttons\[0\]\.id has 1001/),
  asciiLimit('quick reply id', 1000, (id) => quick([{ id, title: 'A' }]), /buttons\[0\]\.id has 1001/),
  asciiLimit(
    'text over a link',
    640,
    (text) => interactive({ kind: 'link_button', link: { title: 'a', url: file } }, text),
    /message has 641/,
  ),
  asciiLimit(
    'link title',
    20,
    (title) => interactive({ kind: 'link_button', link: { title, url: file } }),
    /link\.title has 21/,
  ),
  ...textLimits('card title', 80, 1, (text) => carousel(card({ text })), /first line\) has 81/),
  asciiLimit(
    'card subtitle',
    80,
    (text) => carousel(card({ text: `Title\n${text}` })),
    /below the first line\) has 81/,
  ),
  asciiLimit(
    'card button title',
    20,
    (title) => carousel(card({ buttons: [{ id: 'a', title }] })),
    /cards\[0\]\.buttons\[0\]\.title has 21/,
  ),
  asciiLimit(
    'card link title',
    20,
    (title) => carousel(card({ link: { title, url: file } })),
    /cards\[0\]\.link\.title has 21/,
  ),
  { name: 'buttons', fits: buttons(choices(3)), breaks: buttons(choices(4)), problem: /buttons has 4 items/ },
  { name: 'no buttons', fits: buttons(choices(1)), breaks: buttons([]), problem: /buttons has 0 items/ },
  { name: 'quick replies', fits: quick(choices(13)), breaks: quick(choices(14)), problem: /buttons has 14 items/ },
  ownButtons('id'),
  {
    name: 'a frame around buttons',
    fits: buttons(choices(1)),
    breaks: interactive({ kind: 'buttons', buttons: choices(1), footer: 'F' }),
    problem: /interactive\.footer can't go/,
  },
  {
    name: 'a file above buttons',
    fits: buttons(choices(1)),
    breaks: interactive({
      kind: 'buttons',
      buttons: choices(1),
      file: { type: 'image', media: link(file) },
    }),
    problem: /interactive\.file can't go/,
  },
  {
    name: 'cards',
    fits: carousel(...Array.from({ length: 10 }, () => card())),
    breaks: carousel(...Array.from({ length: 11 }, () => card())),
    problem: /cards has 11 items; it takes 1 to 10/,
  },
  {
    name: 'buttons of a card, with its link',
    fits: carousel(card({ buttons: choices(2), link: { title: 'a', url: file } })),
    breaks: carousel(card({ buttons: choices(3), link: { title: 'a', url: file } })),
    problem: /buttons with link has 4 items/,
  },
  {
    name: 'a card that is more than its title',
    fits: carousel({ text: 'Espresso\n250 g' }),
    breaks: carousel({ text: 'Espresso' }),
    problem: /needs an image/,
  },
  {
    name: 'a carousel without words',
    fits: carousel(card()),
    breaks: interactive({ kind: 'carousel', cards: [card()] }, 'Look'),
    problem: /can't go with a carousel/,
  },
  {
    name: 'image size',
    fits: { type: 'image', media: link(file, { size: 8 * MB }) },
    breaks: { type: 'image', media: link(file, { size: 8 * MB + 1 }) },
    problem: /the limit is 8388608 bytes/,
  },
  ...(['video', 'audio', 'document'] as const).map((type) => ({
    name: `${type} size`,
    fits: { type, media: link(file, { size: 25 * MB }) },
    breaks: { type, media: link(file, { size: 25 * MB + 1 }) },
    problem: /the limit is 26214400 bytes/,
  })),
  noCaption('image', file),
  ...linkLimits(file),
  {
    name: 'a text',
    fits: { type: 'text', text: '.' },
    breaks: { type: 'text', text: ' \n' },
    problem: /message must not be empty/,
  },
  {
    name: 'one emoji',
    fits: { type: 'reaction', emoji: '❤', target: 'm' },
    breaks: { type: 'reaction', emoji: '❤❤', target: 'm' },
    problem: /one emoji/,
  },
];
