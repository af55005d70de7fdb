import assert from 'node:assert/strict';
import test from 'node:test';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { createFormat, isLocale } from '../../inbox/src/i18n/format.ts';

const now = new Date(2026, 2, 15, 12, 0);

test('plurals follow each language’s own rules', () => {
  assert.match(english.newMessages(1, '1'), /^1 new message$/);
  assert.match(english.newMessages(5, '5'), /^5 new messages$/);
  const forms = [1, 2, 3, 11, 100].map((count) => arabic.newMessages(count, String(count)));
  assert.equal(new Set(forms.map((form) => form.replaceAll(/\d/g, ''))).size, 4);
  assert.equal(forms[1], 'رسالتان جديدتان');
});

test('every string of one language differs from the other’s, so none is left untranslated', () => {
  const nested = new Set([
    'channels',
    'statuses',
    'formats',
    'failures',
    'refusals',
    'notices',
    'health',
    'account',
    'message',
    'mail',
    'library',
    'sending',
    'broadcasts',
    'bodies',
    'recipientHints',
    'healthStates',
  ]);
  for (const key of Object.keys(english) as (keyof typeof english)[]) {
    const [ours, theirs] = [english[key], arabic[key]];
    if (typeof ours === 'string') assert.notEqual(ours, theirs, key);
    if (typeof ours === 'object') assert.deepEqual(Object.keys(ours), Object.keys(theirs), key);
    assert.equal(typeof ours === 'object', nested.has(key), key);
  }
});

test('so it is with the words of what is sent', () => {
  for (const [ours, theirs] of [
    [english.sending, arabic.sending],
    [english.broadcasts, arabic.broadcasts],
    [english.message, { ...arabic.message, otherwise: null }],
  ] as const)
    assert.deepEqual(same(ours, theirs), []);
});

/** The names of the strings that are the same in both, however deep they lie. */
function same(ours: object, theirs: object): string[] {
  return Object.entries(ours).flatMap(([key, value]: [string, unknown]) => {
    const other = (theirs as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null) return typeof value === 'string' && value === other ? [key] : [];
    assert.deepEqual(Object.keys(value), Object.keys(Object(other)), key);
    return same(value, Object(other) as object);
  });
}

test('what is put into a sentence is kept from turning it round', () => {
  assert.equal(english.composerLabel('منى'), 'Message to \u2068منى\u2069');
});

test('days are named from where the reader stands', () => {
  const format = createFormat('en-GB', english);
  assert.equal(format.day(new Date(2026, 2, 15, 0, 1), now), 'Today');
  assert.equal(format.day(new Date(2026, 2, 14, 23, 59), now), 'Yesterday');
  assert.equal(format.short(new Date(2026, 2, 15, 9, 5), now), '9:05');
  assert.equal(format.short(new Date(2026, 1, 3), now), '3 Feb');
  assert.equal(format.short(new Date(2025, 1, 3), now), '03/02/25');
  assert.equal(format.short(new Date(Number.NaN), now), '');
});

test('an appointment is on the clock of the zone that is named', () => {
  const format = createFormat('en-GB', english);
  assert.match(format.appointment(new Date('2026-11-30T07:32:00Z'), 'Africa/Cairo'), /Mon,? 30 Nov(,| at) 9:32/);
  assert.equal(format.appointment(new Date(Number.NaN), 'Africa/Cairo'), '');
});

test('what a browser calls a language but is none is not taken for a locale', () => {
  assert.deepEqual(['en-US@posix', 'en-GB', ''].map(isLocale), [false, true, false]);
});

test('numbers and sizes are written in the locale’s digits', () => {
  const format = createFormat('ar-EG', arabic);
  assert.equal(format.number(12), '١٢');
  assert.match(format.bytes(184_320), /١٨٤/);
});
