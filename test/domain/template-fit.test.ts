import assert from 'node:assert/strict';
import test from 'node:test';
import type { Template } from '@parley/core/domain/body.ts';
import type { ProviderTemplate } from '@parley/core/domain/provider-template.ts';
import { misfitOf, wordsOfTemplate } from '@parley/core/domain/template-fit.ts';

const named = { name: 'a', language: 'en' };
const status = 'APPROVED';
const media = { status: 'ready', link: 'https://a.example/a.png' } as const;

function fit(known: Partial<ProviderTemplate>, given: Partial<Template>): string | undefined {
  const misfit = misfitOf({ ...named, status, ...known }, { ...named, ...given });
  return misfit && `${misfit.field} ${misfit.words}`;
}

test('values fit by number, name and form', () => {
  const two = { body: 'Hi {{1}}, {{2}} and again {{1}}' };
  const byName = { body: 'Hi {{name}}, on {{date}}' };
  const cases: [Partial<ProviderTemplate>, Partial<Template>, RegExp | undefined][] = [
    [two, { parameters: ['a', 'b'] }, undefined],
    [two, { parameters: ['a'] }, /^template\.parameters has 1 values; the template takes 2/],
    [two, {}, /has 0 values; the template takes 2/],
    [two, { parameters: ['a', 'b', 'c'] }, /has 3 values/],
    [two, { parameters: { 1: 'a', 2: 'b' } }, /must be a list of 2/],
    [two, { parameters: ['a', ''] }, /^template\.parameters\.1 must be one line/],
    [two, { parameters: ['a', ' '] }, /template\.parameters\.1/],
    [two, { parameters: ['a\nb', 'c'] }, /template\.parameters\.0 must be one line/],
    [two, { parameters: ['a\tb', 'c'] }, /template\.parameters\.0/],
    [two, { parameters: ['a    b', 'c'] }, /without four spaces/],
    [two, { parameters: ['a   b', 'c'] }, undefined],
    [{ body: '{{1}}' }, { parameters: ['😀'.repeat(1024)] }, undefined],
    [{ body: '{{1}}' }, { parameters: ['😀'.repeat(1025)] }, /make the text 1025 characters long; the limit is 1024/],
    [two, { parameters: ['x'.repeat(1000), 'y'] }, /make the text 20\d\d characters long; the limit is 1024/],
    [byName, { parameters: { date: 'b', name: 'a' } }, undefined],
    [byName, { parameters: { name: 'a' } }, /^template\.parameters\.date has no value/],
    [byName, { parameters: { name: 'a', date: 'b', more: 'c' } }, /has 3 values/],
    [byName, { parameters: ['a', 'b'] }, /must be given by name: name, date/],
    [{ body: 'Plain' }, { parameters: ['a'] }, /takes none/],
    [{ body: 'Plain' }, { parameters: { a: 'b' } }, /takes none/],
    [{ body: 'Plain' }, { parameters: [] }, undefined],
    [{}, { parameters: ['anything', 'at all'] }, undefined],
  ];
  for (const [known, given, words] of cases) check(fit(known, given), words, given);
});

test('the header is of its kind', () => {
  const image: Template['header'] = { type: 'image', media };
  const cases: [ProviderTemplate['header'], Template['header'], RegExp | undefined][] = [
    [{ format: 'IMAGE' }, image, undefined],
    [{ format: 'IMAGE' }, undefined, /^template\.header must be a file of type image/],
    [{ format: 'VIDEO' }, image, /must be a file of type video/],
    [{ format: 'LOCATION' }, image, /must be a place/],
    [{ format: 'LOCATION' }, { latitude: 1, longitude: 2 }, undefined],
    [{ format: 'TEXT', text: 'For {{1}}' }, { parameters: ['you'] }, undefined],
    [{ format: 'TEXT', text: 'For {{1}}' }, undefined, /^template\.header\.parameters has 0 values/],
    [{ format: 'TEXT', text: 'For {{1}}' }, { parameters: ['x'.repeat(56)] }, undefined],
    [{ format: 'TEXT', text: 'For {{1}}' }, { parameters: ['x'.repeat(57)] }, /the limit is 60/],
    [{ format: 'TEXT', text: 'For you' }, { parameters: ['you'] }, /takes none/],
    [{ format: 'TEXT', text: 'For you' }, image, /has none that changes/],
    [undefined, image, /has none that changes/],
  ];
  for (const [header, given, words] of cases)
    check(fit({ body: 'x', ...(header && { header }) }, given ? { header: given } : {}), words, given);
});

test('the buttons have what they need and no more', () => {
  const buttons = [
    { type: 'QUICK_REPLY', text: 'Call me' },
    { type: 'URL', text: 'Track', url: 'https://a.example/{{1}}' },
    { type: 'COPY_CODE', text: 'Copy' },
    { type: 'URL', text: 'Site', url: 'https://a.example/' },
    { type: 'PHONE_NUMBER', text: 'Ring' },
  ];
  const track = { index: 1, url: 'A1' };
  const copy = { index: 2, code: '25OFF' };
  const cases: [Template['buttons'], RegExp | undefined][] = [
    [[track, copy], undefined],
    [[{ index: 0, payload: 'P' }, track, copy], undefined],
    [[copy], /^template\.buttons button 1 \(Track\) needs its url/],
    [[track], /button 2 \(Copy\) needs its code/],
    [[{ index: 0, url: 'x' }, track, copy], /button 0 takes its payload/],
    [[track, copy, { index: 3, url: 'x' }], /button 3 takes nothing/],
    [[track, copy, { index: 4, payload: 'x' }], /button 4 takes nothing/],
    [[track, copy, { index: 7, payload: 'x' }], /there is no button 7/],
  ];
  for (const [given, words] of cases) check(fit({ body: 'x', buttons }, given ? { buttons: given } : {}), words, given);
  assert.match(fit({ body: 'x', buttons: [{ type: 'OTP', text: 'Copy' }] }, {}) ?? '', /needs its url/);
});

test('the words that the customer reads', () => {
  const known: ProviderTemplate = {
    ...named,
    status,
    header: { format: 'TEXT', text: 'For {{1}}' },
    body: 'مرحبا {{1}}، طلبك {{2}}',
    footer: 'Bye',
  };
  const given = { ...named, header: { parameters: ['Mona'] }, parameters: ['منى', '12'] };
  assert.equal(wordsOfTemplate(known, given), 'For Mona\n\nمرحبا منى، طلبك 12\n\nBye');
  assert.equal(wordsOfTemplate({ ...named, status }, given), undefined);
});

function check(found: string | undefined, words: RegExp | undefined, given: unknown): void {
  if (words) assert.match(found ?? 'it fits', words, JSON.stringify(given));
  else assert.equal(found, undefined, JSON.stringify(given));
}
