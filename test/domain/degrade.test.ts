import assert from 'node:assert/strict';
import test from 'node:test';
import type { Body, Interactive } from '@parley/core/domain/body.ts';
import { degrade } from '@parley/core/domain/degrade.ts';
import type { Able } from '@parley/core/domain/degrade.ts';

const none: Able = {
  formatting: [],
  media: {},
  interactive: {},
  location: false,
  contacts: 0,
  template: false,
};
const title = { max: 20, unit: 'characters' } as const;
const some: Able = {
  ...none,
  caption: { max: 100, unit: 'characters' },
  media: { image: { caption: true } },
  interactive: {
    buttons: { count: 3, title, text: { max: 60, unit: 'characters' }, around: ['footer'] },
    list: { count: 10, title },
  },
  contacts: 1,
};

const yes = { id: 'y', title: 'Yes' };
const no = { id: 'n', title: 'No' };

function ask(interactive: Interactive, text = 'Deliver today?'): Extract<Body, { type: 'interactive' }> {
  return { type: 'interactive', interactive, text };
}

test('what the channel has goes as it is', () => {
  const body = ask({ kind: 'buttons', buttons: [yes, no], footer: 'Nile' });
  assert.deepEqual(degrade(body, some, 'Chat'), { body });
});

test('buttons that the channel does not have are numbered', () => {
  for (const kind of ['buttons', 'quick_replies'] as const) {
    const { body, degraded } = degrade(ask({ kind, buttons: [yes, no] }), none, 'SMS');
    assert.deepEqual(body, { type: 'text', text: 'Deliver today?\n\n1. Yes\n2. No' });
    assert.match(degraded ?? '', /^Sent as numbered text: SMS has no /);
  }
});

test('one button, one sign or one word too many, and they are numbered', () => {
  const four = [yes, no, { id: 'm', title: 'Maybe' }, { id: 'l', title: 'Later' }];
  const more: [Body, RegExp][] = [
    [ask({ kind: 'buttons', buttons: four }), /Chat has at most 3 buttons/],
    [ask({ kind: 'buttons', buttons: [{ id: 'x', title: 'x'.repeat(21) }] }), /titles of buttons have at most 20 char/],
    [ask({ kind: 'buttons', buttons: [yes] }, 'x'.repeat(61)), /message above buttons has at most 60 char/],
  ];
  for (const [body, why] of more) {
    const sent = degrade(body, some, 'Chat');
    assert.equal(sent.body.type, 'text');
    assert.match(sent.degraded ?? '', why);
  }
});

test('a list is numbered through its sections, with what is said of each row', () => {
  const list: Interactive = {
    kind: 'list',
    button: 'Choose',
    header: 'Menu',
    footer: 'Until noon',
    sections: [
      { title: 'Hot', rows: [{ id: '1', title: 'Tea', description: 'with mint' }] },
      { title: 'Cold', rows: [{ id: '2', title: 'Juice' }] },
    ],
  };
  const { body } = degrade(ask(list, 'What will it be?'), none, 'SMS');
  assert.deepEqual(body, {
    type: 'text',
    text: 'Menu\n\nWhat will it be?\n\nHot\n1. Tea - with mint\n\nCold\n2. Juice\n\nUntil noon',
  });
});

test('a link button keeps its link', () => {
  const link: Interactive = { kind: 'link_button', link: { title: 'Track', url: 'https://a.example/1' } };
  const { body, degraded } = degrade(ask(link, 'On its way'), none, 'SMS');
  assert.deepEqual(body, { type: 'text', text: 'On its way\n\nTrack: https://a.example/1' });
  assert.equal(degraded, 'Sent as text: SMS has no link buttons.');
});

test('a carousel keeps its pictures, choices and links', () => {
  const cards: Extract<Interactive, { kind: 'carousel' }>['cards'] = [
    { text: 'Lamp', image: 'https://a.example/l.jpg', link: { title: 'Buy', url: 'https://a.example/l' } },
    { text: 'Chair', buttons: [yes] },
  ];
  const { body } = degrade({ type: 'interactive', interactive: { kind: 'carousel', cards } }, none, 'SMS');
  assert.deepEqual(body, {
    type: 'text',
    text: '1. Lamp\nhttps://a.example/l.jpg\nBuy: https://a.example/l\n\n2. Chair\n- Yes',
  });
});

test('a question for a place is asked in words, and without words not at all', () => {
  const { body } = degrade(ask({ kind: 'location_request' }, 'Where are you?'), none, 'SMS');
  assert.deepEqual(body, { type: 'text', text: 'Where are you?' });
  const silent: Body = { type: 'interactive', interactive: { kind: 'location_request' } };
  assert.deepEqual(degrade(silent, none, 'SMS'), { body: silent });
});

test('what has no place around the message goes into it, and its formatting moves along', () => {
  const body = ask({ kind: 'buttons', buttons: [yes], header: 'Hi', footer: 'Nile' }, 'Today?');
  const formatted = { ...body, entities: [{ type: 'bold' as const, offset: 0, length: 5 }] };
  const { body: sent, degraded } = degrade(formatted, { ...some, formatting: ['bold'] }, 'Chat');
  assert.deepEqual(sent, {
    type: 'interactive',
    interactive: { kind: 'buttons', buttons: [yes], footer: 'Nile' },
    text: 'Hi\n\nToday?',
    entities: [{ type: 'bold', offset: 4, length: 5 }],
  });
  assert.match(degraded ?? '', /within the message: header/);
});

test('a file above a question takes the words as its caption, or goes as a link', () => {
  const media = { status: 'ready' as const, link: 'https://a.example/p.png' };
  const body = ask({ kind: 'quick_replies', buttons: [yes] });
  const interactive: Interactive = { kind: 'buttons', buttons: [yes, no], file: { type: 'image', media } };
  const noButtons = { ...some, interactive: {} };
  assert.deepEqual(degrade({ ...body, interactive }, noButtons, 'Chat').body, {
    type: 'image',
    media,
    text: 'Deliver today?\n\n1. Yes\n2. No',
  });
  const noRoom = { ...noButtons, caption: { max: 10, unit: 'characters' as const } };
  for (const able of [none, noRoom]) {
    assert.deepEqual(degrade({ ...body, interactive }, able, 'Chat').body, {
      type: 'text',
      text: 'https://a.example/p.png\n\nDeliver today?\n\n1. Yes\n2. No',
    });
  }
});

test('a place becomes a link to a map', () => {
  const at = { latitude: 30.0444196, longitude: -0.0000001 };
  assert.deepEqual(degrade({ type: 'location', ...at, name: 'Shop', address: '1 Nile St' }, none, 'SMS').body, {
    type: 'text',
    text: 'Shop\n1 Nile St\nhttps://maps.google.com/?q=30.04442,0',
  });
  const body: Body = { type: 'location', ...at };
  assert.deepEqual(degrade(body, { ...none, location: true }, 'Chat'), { body });
});

test('cards become words where there are more than the channel takes', () => {
  const ana = { name: 'Ana', phones: ['+201'], emails: ['a@a.example'], organization: 'Nile' };
  const bob = { name: 'Bob', phones: ['+202', '+203'] };
  const one: Body = { type: 'contacts', contacts: [ana] };
  assert.deepEqual(degrade(one, some, 'Chat'), { body: one });
  const { body, degraded } = degrade({ type: 'contacts', contacts: [ana, bob] }, some, 'Chat');
  assert.deepEqual(body, { type: 'text', text: 'Ana\nNile\n+201\na@a.example\n\nBob\n+202\n+203' });
  assert.equal(degraded, 'Sent as text: Chat sends one contact at a time.');
});

test('a sticker becomes a picture where there are pictures', () => {
  const media = { status: 'ready' as const, link: 'https://a.example/s.webp' };
  assert.equal(degrade({ type: 'sticker', media }, some, 'Chat').body.type, 'image');
  assert.equal(degrade({ type: 'sticker', media }, none, 'SMS').body.type, 'sticker');
});

test('a template is said in words where the caller gave them', () => {
  const template = { name: 'hello', language: 'en' };
  assert.deepEqual(degrade({ type: 'template', template, text: 'Hello Ana' }, none, 'SMS').body, {
    type: 'text',
    text: 'Hello Ana',
  });
  assert.deepEqual(degrade({ type: 'template', template }, none, 'SMS').body, { type: 'template', template });
});

test('a mail passed on is its subject and words, unless files would be lost', () => {
  const mail: Body = { type: 'email', subject: 'Order 7', text: 'Thanks', attachments: [] };
  assert.deepEqual(degrade(mail, none, 'SMS').body, { type: 'text', text: 'Order 7\n\nThanks' });
  const filed: Body = { ...mail, attachments: [{ status: 'ready', key: 'k' }] };
  assert.deepEqual(degrade(filed, none, 'SMS').body, filed);
  assert.deepEqual(degrade(mail, { ...none, mail: true }, 'Email').body, mail);
});

test('a reaction and what was tapped have no other form', () => {
  const bodies: Body[] = [
    { type: 'reaction', emoji: '👍', target: '1' },
    { type: 'interactive', interactive: { kind: 'reply', id: 'y', title: 'Yes' } },
  ];
  for (const body of bodies) assert.deepEqual(degrade(body, none, 'SMS'), { body });
});

test('formatting that does not arrive goes, and no link is lost', () => {
  const text = 'see here, now';
  const link = { type: 'text_link' as const, offset: 4, length: 4, url: 'https://a.example/' };
  const bold = { type: 'bold' as const, offset: 10, length: 3 };
  const body: Body = { type: 'text', text, entities: [link, bold] };
  assert.deepEqual(degrade(body, none, 'SMS'), {
    body: { type: 'text', text: 'see here (https://a.example/), now', entities: [] },
    degraded: 'Formatting left out: bold. Addresses of links written out.',
  });
  assert.deepEqual(degrade(body, { ...none, formatting: ['bold'] }, 'Chat').body, {
    type: 'text',
    text: 'see here (https://a.example/), now',
    entities: [{ ...bold, offset: 31 }],
  });
  assert.deepEqual(degrade(body, { ...none, formatting: ['bold', 'text_link'] }, 'Chat'), { body });
});
