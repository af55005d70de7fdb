import type { Body, Choice } from '@parley/core/domain/body.ts';
import { buttons, choices, file, interactive } from '../bodies.ts';
import { asciiLimit, ownButtons, textLimits, type LimitCase } from '../cases.ts';
import { card, carousel, header, linkCard } from './bodies.ts';

function rows(list: Choice[], title?: string): Body {
  return interactive({
    kind: 'list',
    button: 'Open',
    sections: [{ ...(title === undefined ? {} : { title }), rows: list }],
  });
}

export const choiceLimits: LimitCase[] = [
  ...textLimits('button title', 20, 1, (title) => buttons([{ id: 'a', title }]), /buttons\[0\]\.title has 21/),
  ...textLimits('row title', 24, 1, (title) => rows([{ id: 'a', title }]), /rows\[0\]\.title has 25/),
  asciiLimit('button id', 256, (id) => buttons([{ id, title: 'A' }]), /buttons\[0\]\.id has 257/),
  asciiLimit('row id', 200, (id) => rows([{ id, title: 'A' }]), /rows\[0\]\.id has 201/),
  asciiLimit(
    'row description',
    72,
    (description) => rows([{ id: 'a', title: 'A', description }]),
    /description has 73/,
  ),
  asciiLimit('section title', 24, (title) => rows(choices(1), title), /sections\[0\]\.title has 25/),
  asciiLimit(
    'text over buttons',
    1024,
    (text) => interactive({ kind: 'buttons', buttons: choices(1) }, text),
    /message has 1025/,
  ),
  asciiLimit(
    'text over a list',
    4096,
    (text) => interactive({ kind: 'list', button: 'b', sections: [{ rows: choices(1) }] }, text),
    /message has 4097/,
  ),
  asciiLimit(
    'text over a link',
    1024,
    (text) => interactive({ kind: 'link_button', link: { title: 'a', url: file } }, text),
    /message has 1025/,
  ),
  asciiLimit(
    'list button',
    20,
    (button) => interactive({ kind: 'list', button, sections: [{ rows: choices(1) }] }),
    /interactive\.button has 21/,
  ),
  asciiLimit(
    'link title',
    20,
    (title) => interactive({ kind: 'link_button', link: { title, url: file } }),
    /link\.title has 21/,
  ),
  asciiLimit('header', 60, (header) => interactive({ kind: 'buttons', buttons: choices(1), header }), /header has 61/),
  asciiLimit('footer', 60, (footer) => interactive({ kind: 'buttons', buttons: choices(1), footer }), /footer has 61/),
  asciiLimit('card text', 160, (text) => carousel([card({ text }), card()]), /cards\[0\]\.text has 161/),
  asciiLimit(
    'card link title',
    20,
    (title) => carousel([linkCard(), linkCard(title)]),
    /cards\[1\]\.link\.title has 21/,
  ),
  asciiLimit(
    'card button id',
    20,
    (id) => carousel([card(), card({ buttons: [{ id, title: 'A' }] })]),
    /cards\[1\]\.buttons\[0\]\.id has 21/,
  ),
  asciiLimit(
    'text over a request for the place',
    1024,
    (text) => interactive({ kind: 'location_request' }, text),
    /message has 1025/,
  ),
  {
    name: 'cards',
    fits: carousel(Array.from({ length: 10 }, () => card())),
    breaks: carousel(Array.from({ length: 11 }, () => card())),
    problem: /cards has 11 items; it takes 2 to 10/,
  },
  {
    name: 'two cards at least',
    fits: carousel([card(), card()]),
    breaks: carousel([card()]),
    problem: /cards has 1 items/,
  },
  {
    name: 'buttons of a card',
    fits: carousel([card({ buttons: choices(3) }), card({ buttons: choices(3) })]),
    breaks: carousel([card({ buttons: choices(4) }), card({ buttons: choices(4) })]),
    problem: /cards\[0\]\.buttons has 4 items/,
  },
  {
    name: 'one shape of cards',
    fits: carousel([linkCard(), linkCard()]),
    breaks: carousel([linkCard(), card()]),
    problem: /cards\[1\] needs the same kind and number of buttons/,
  },
  {
    name: 'lines of a card',
    fits: carousel([card({ text: 'a\nb\nc' }), card()]),
    breaks: carousel([card({ text: 'a\nb\nc\nd' }), card()]),
    problem: /cards\[0\]\.text has 4 lines/,
  },
  {
    name: 'a picture on each card',
    fits: carousel([card(), card()]),
    breaks: carousel([card(), { text: 'Tea', buttons: choices(1) }]),
    problem: /cards\[1\]\.image is needed/,
  },
  {
    name: 'a link or buttons on a card',
    fits: carousel([linkCard(), linkCard()]),
    breaks: carousel([{ ...linkCard(), buttons: choices(1) }, linkCard()]),
    problem: /cards\[0\] can have a link or buttons/,
  },
  {
    name: 'type of the file above buttons',
    fits: interactive({ kind: 'buttons', buttons: choices(1), file: header('image', { mime: 'image/png' }) }),
    breaks: interactive({ kind: 'buttons', buttons: choices(1), file: header('image', { mime: 'image/gif' }) }),
    problem: /image can't be image\/gif/,
  },
  {
    name: 'a file or words above buttons',
    fits: interactive({ kind: 'buttons', buttons: choices(1), file: header('video') }),
    breaks: interactive({ kind: 'buttons', buttons: choices(1), file: header('video'), header: 'H' }),
    problem: /interactive\.header can't go with interactive\.file/,
  },
  {
    name: 'buttons',
    fits: buttons(choices(3)),
    breaks: buttons(choices(4)),
    problem: /buttons has 4 items; it takes 1 to 3/,
  },
  { name: 'no buttons', fits: buttons(choices(1)), breaks: buttons([]), problem: /buttons has 0 items/ },
  { name: 'rows', fits: rows(choices(10)), breaks: rows(choices(11)), problem: /rows has 11 items/ },
  {
    name: 'sections',
    fits: interactive({
      kind: 'list',
      button: 'b',
      sections: choices(10).map((row) => ({ title: row.id, rows: [row] })),
    }),
    breaks: interactive({
      kind: 'list',
      button: 'b',
      sections: choices(11).map((row) => ({ title: row.id, rows: [row] })),
    }),
    problem: /sections has 11 items/,
  },
  {
    name: 'title of one of two sections',
    fits: interactive({
      kind: 'list',
      button: 'b',
      sections: choices(2).map((row) => ({ title: row.id, rows: [row] })),
    }),
    breaks: interactive({ kind: 'list', button: 'b', sections: choices(2).map((row) => ({ rows: [row] })) }),
    problem: /sections\[0\]\.title must not be empty/,
  },
  ownButtons('id'),
  ownButtons('title'),
];
