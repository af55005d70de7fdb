import assert from 'node:assert/strict';
import test from 'node:test';
import type { TemplateRow } from '../../inbox/src/api/library-rows.ts';
import { fillKnown } from '../../inbox/src/text/placeholders.ts';
import { replaceShortcut, shortcutIn } from '../../inbox/src/text/shortcut.ts';
import { isWindowClosed } from '../../inbox/src/thread/send-window.ts';
import { blanksOf, filledTemplate } from '../../inbox/src/thread/template-draft.ts';
import { at } from './rows.ts';

test('a shortcut is what follows a slash at the end, in any script', () => {
  const cases: [string, string | undefined][] = [
    ['/', ''],
    ['/hi', 'hi'],
    ['Well /hi-2', 'hi-2'],
    ['أهلا /مواعيد', 'مواعيد'],
    ['line\n/x_1', 'x_1'],
    ['and/or', undefined],
    ['/hi there', undefined],
    ['https://a.example/hi', undefined],
    [`/${'x'.repeat(33)}`, undefined],
    ['', undefined],
  ];
  for (const [text, typed] of cases) assert.equal(shortcutIn(text), typed, text);
  assert.equal(replaceShortcut('Well /hi', 'Hello $& there'), 'Well Hello $& there');
});

test('known variables are filled in and the others stay in sight', () => {
  const values = { first_name: 'منى', phone: null, __proto__: null };
  const text = 'أهلا {{first_name}} {first_name}, {{phone}}, {{phone|no number}}, {{order}}, {{toString}}, {"a":1}';
  assert.equal(fillKnown(text, values), 'أهلا منى منى, {{phone}}, no number, {{order}}, {{toString}}, {"a":1}');
});

test('a window is closed when the customer wrote too long ago, or never', () => {
  const now = Date.parse(at(0));
  assert.equal(isWindowClosed(24, at(-23 * 3600), now), false);
  assert.equal(isWindowClosed(24, at(-24 * 3600), now), true);
  assert.equal(isWindowClosed(24, null, now), true);
});

test('everything a template wants to be told is asked for, and goes where it belongs', () => {
  const template = row({
    header: { format: 'IMAGE' },
    body: 'Hi {{2}}, {{1}}',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Call me' },
      { type: 'URL', text: 'Track', url: 'https://a.example/{{1}}' },
      { type: 'COPY_CODE', text: 'Copy' },
    ],
  });
  const keys = blanksOf(template).map(({ key }) => key);
  assert.deepEqual(keys, ['file', 'body 2', 'body 1', 'button 1', 'button 2']);
  const blanks = Object.fromEntries(keys.map((key) => [key, ` ${key} `]));
  assert.deepEqual(filledTemplate(template, { ...blanks, file: 'https://a.example/a.png' }), {
    name: 'a',
    language: 'en',
    header: { type: 'image', url: 'https://a.example/a.png' },
    parameters: ['body 1', 'body 2'],
    buttons: [
      { index: 1, url: 'button 1' },
      { index: 2, code: 'button 2' },
    ],
  });
});

test('named variables go by name, and a template without any goes as it is', () => {
  const named = row({ header: { format: 'TEXT', text: 'For {{who}}' }, body: '{{who}} on {{date}}' });
  const blanks = { 'header who': 'you', 'body who': 'me', 'body date': 'Friday' };
  assert.deepEqual(filledTemplate(named, blanks), {
    name: 'a',
    language: 'en',
    header: { parameters: { who: 'you' } },
    parameters: { who: 'me', date: 'Friday' },
  });
  assert.deepEqual(filledTemplate(row({}), {}), { name: 'a', language: 'en' });
  const place = row({ header: { format: 'LOCATION' } });
  assert.deepEqual(filledTemplate(place, { latitude: '30.1', longitude: '31' }).header, {
    latitude: 30.1,
    longitude: 31,
  });
});

function row(over: Partial<TemplateRow>): TemplateRow {
  return {
    id: 'a',
    name: 'a',
    language: 'en',
    status: 'APPROVED',
    header: null,
    body: 'Hi',
    footer: null,
    buttons: [],
    ...over,
  };
}
