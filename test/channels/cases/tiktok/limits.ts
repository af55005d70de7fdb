import type { Body, Choice } from '@parley/core/domain/body.ts';
import { asciiLimit, link, textLimits, type LimitCase } from '../cases.ts';

const picture = 'https://files.example.com/f.jpg';
const post = 'https://www.tiktok.com/@nile.coffee/video/7301234567890123456';

function card(buttons: Choice[], more: { text?: string; header?: string; footer?: string } = {}): Body {
  const { text = 'Pick', ...frame } = more;
  return { type: 'interactive', text, interactive: { kind: 'buttons', buttons, ...frame } };
}

function some(count: number): Choice[] {
  return Array.from({ length: count }, (_, index) => ({ id: `b${index}`, title: `B${index}` }));
}

export const limits: LimitCase[] = [
  ...textLimits('text', 6000, 2, (text) => ({ type: 'text', text }), /message has 600[12] characters .*limit is 6000/),
  asciiLimit('title of a card', 40, (text) => card(some(1), { text }), /message has 41/),
  asciiLimit('title of a button', 40, (title) => card([{ id: 'a', title }]), /buttons\[0\]\.title has 41/),
  asciiLimit('id of a button', 40, (id) => card([{ id, title: 'A' }]), /buttons\[0\]\.id has 41/),
  { name: 'buttons', fits: card(some(3)), breaks: card(some(4)), problem: /interactive\.buttons has 4 items/ },
  {
    name: 'ids of buttons',
    fits: card(some(2)),
    breaks: card([...some(1), ...some(1)]),
    problem: /buttons\[1\] repeats/,
  },
  { name: 'a header', fits: card(some(1)), breaks: card(some(1), { header: 'h' }), problem: /interactive\.header/ },
  { name: 'a footer', fits: card(some(1)), breaks: card(some(1), { footer: 'f' }), problem: /interactive\.footer/ },
  {
    name: 'a caption of a picture',
    fits: { type: 'image', media: link(picture) },
    breaks: { type: 'image', media: link(picture), text: 'hi' },
    problem: /message can't go with image/,
  },
  {
    name: 'the size of a picture',
    fits: { type: 'image', media: link(picture, { size: 3 * 1024 * 1024 }) },
    breaks: { type: 'image', media: link(picture, { size: 3 * 1024 * 1024 + 1 }) },
    problem: /limit is 3145728 bytes/,
  },
  {
    name: 'the type of a picture',
    fits: { type: 'image', media: link(picture, { mime: 'image/png' }) },
    breaks: { type: 'image', media: link(picture, { mime: 'image/gif' }) },
    problem: /image\/gif; TikTok takes/,
  },
  {
    name: 'a video, which has to be a post',
    fits: { type: 'video', media: link(post) },
    breaks: { type: 'video', media: link('https://tiktok.com.evil.example/@a/video/7301234567890123456') },
    problem: /media_url must be the address of a TikTok post/,
  },
  {
    name: 'titles on a button card',
    fits: card([{ id: 'a', title: 'x'.repeat(20) }]),
    breaks: card([{ id: 'a', title: 'x'.repeat(21) }]),
    options: { template_type: 'QA_BUTTON_CARD' },
    problem: /at most 20 characters each on a QA_BUTTON_CARD/,
  },
  {
    name: 'a kind of card without buttons',
    fits: card(some(1)),
    breaks: { type: 'text', text: 'hi' },
    options: { template_type: 'QA_LINK_CARD' },
    problem: /options\.template_type goes only with buttons/,
  },
  {
    name: 'the id of a post without a video',
    fits: { type: 'video', media: link('https://vm.tiktok.com/ZM8abcdef/') },
    breaks: { type: 'text', text: 'hi' },
    options: { item_id: '7301234567890123456' },
    problem: /options\.item_id goes only with a video/,
  },
];
