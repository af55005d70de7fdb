import type { Body, Choice, Interactive } from '@parley/core/domain/body.ts';
import { choices } from '../bodies.ts';
import { asciiLimit, link, textLimits, type LimitCase } from '../cases.ts';

const file = 'https://files.example.com/f.png';

function interactive(content: Interactive, text = 'a'): Body {
  return { type: 'interactive', interactive: content, text };
}

function buttons(list: Choice[], header?: string): Body {
  return interactive({ kind: 'buttons', buttons: list, ...(header === undefined ? {} : { header }) });
}

function link_button(title: string, url: string): Body {
  return interactive({ kind: 'link_button', link: { title, url } });
}

/** The longest that fits, and `more`. */
function longLink(more: number): string {
  return file.padEnd(809 + more, 'x');
}

export const limits: LimitCase[] = [
  ...textLimits('text', 1500, 4, (text) => ({ type: 'text', text }), /message has 150[14] bytes/).filter(
    ({ name }) => !name.includes('Arabic'),
  ),
  {
    name: 'text in Arabic, two bytes a letter',
    fits: { type: 'text', text: 'ش'.repeat(750) },
    breaks: { type: 'text', text: 'ش'.repeat(751) },
    problem: /message has 1502 bytes; the limit is 1500 bytes/,
  },
  {
    name: 'text of signs that JSON writes with two',
    fits: { type: 'text', text: '"'.repeat(844) },
    breaks: { type: 'text', text: '"'.repeat(845) },
    problem: /message with header, buttons, links and options has 1701 bytes; the limit is 1700/,
  },
  asciiLimit('caption', 1500, (text) => ({ type: 'image', media: link(file), text }), /message has 1501 bytes/),
  asciiLimit('header', 100, (header) => buttons(choices(1), header), /interactive\.header has 101 characters/),
  asciiLimit('a button’s id', 256, (id) => buttons([{ id, title: 'A' }]), /buttons\[0\]\.id has 257 bytes/),
  asciiLimit('a button’s title', 40, (title) => buttons([{ id: 'a', title }]), /title has 41 characters/),
  asciiLimit('a link’s title', 40, (title) => link_button(title, file), /interactive\.link\.title has 41/),
  {
    name: 'buttons',
    fits: buttons(choices(2)),
    breaks: buttons(choices(3)),
    problem: /buttons has 3 items; it takes 1 to 2/,
  },
  {
    name: 'quick replies',
    fits: interactive({ kind: 'quick_replies', buttons: choices(1) }),
    breaks: interactive({ kind: 'quick_replies', buttons: [] }),
    problem: /buttons has 0 items/,
  },
  {
    name: 'buttons that can be told apart',
    fits: buttons(choices(2)),
    breaks: buttons([...choices(1), ...choices(1)]),
    problem: /buttons\.id\[1\] repeats/,
  },
  {
    name: 'a link that can be opened',
    fits: link_button('A', file),
    breaks: link_button('A', 'javascript:alert(1)'),
    problem: /interactive\.link\.url must be an http\(s\) address/,
  },
  {
    name: 'a link, which travels twice',
    fits: link_button('A', longLink(0)),
    breaks: link_button('A', longLink(1)),
    problem: /message with header, buttons, links and options has 1702 bytes/,
  },
  {
    name: 'words beside the buttons',
    fits: interactive({ kind: 'buttons', buttons: choices(1) }, 'a'),
    breaks: interactive({ kind: 'buttons', buttons: choices(1) }, ' '),
    problem: /message must not be empty/,
  },
  {
    name: 'an image with an address',
    fits: { type: 'image', media: link(file) },
    breaks: { type: 'image', media: { status: 'ready' } },
    problem: /media_url is needed/,
  },
  {
    name: 'the size of an image',
    fits: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 }) },
    breaks: { type: 'image', media: link(file, { size: 5 * 1024 * 1024 + 1 }) },
    problem: /limit is 5242880 bytes/,
  },
  {
    name: 'a picture beside the options',
    fits: { type: 'text', text: 'a' },
    breaks: { type: 'image', media: link(file) },
    options: { image: file },
    problem: /options\.image goes only with a message without a picture/,
  },
  {
    name: 'a link beside the options',
    fits: { type: 'text', text: 'a' },
    breaks: link_button('A', file),
    options: { url: file },
    problem: /options\.url goes only with a message without a link_button/,
  },
  {
    name: 'options, which count as well',
    fits: { type: 'text', text: 'a'.repeat(1000) },
    breaks: { type: 'text', text: 'a'.repeat(1001) },
    options: { url: file.padEnd(675, 'x') },
    problem: /and options has 1701 bytes/,
  },
];
