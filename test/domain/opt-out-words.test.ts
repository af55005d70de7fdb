import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { normalWords, wishOf } from '@parley/core/domain/opt-out-words.ts';
import { processorMs } from '../support/processor-time.ts';

const stops = [
  'STOP',
  'stop',
  ' Stop. ',
  '"STOP"',
  'stop!!!',
  '*STOP*',
  'ＳＴＯＰ',
  'STOP \u{1f6d1}',
  'Stop-All',
  'UNSUBSCRIBE',
  'Opt-out',
  'إيقاف',
  'ايقاف',
  'أيقاف',
  'إِيقَاف',
  'إيـــقاف',
  '«إيقاف»',
  'إيقاف؟',
  '\u200fإيقاف\u200f',
  'الغاء',
  'إلغاء',
  'الغاء الاشتراك',
  'الغ الاشتراك',
  'ستوب!',
  'Please, stop.',
  'Unsubscribe me',
  'إلغاء  الاشتراك.',
  'إلغاء الإشتراك',
  'توقف',
  'وقف',
  'وقف،',
  'قف',
  'قِفْ',
  'قـــف',
  'stoooop',
  'STOPPPP!!!',
  'الغاااااء',
  'إيقااااف',
  'قفففف',
  'ایقاف',
  'ﺇﻟﻐﺎﺀ',
  'S T O P',
  's.t.o.p.',
  'S-T-O-O-O-P',
  'ا ي ق ا ف',
  'No more messages!',
  'أوقفوا الرسائل.',
  'لا ترسلوا لي رسائل',
  'لَا تُرْسِل رسايل',
  'لا تراسلوني!',
  'لا اريد رسائل',
  'مش عايز رسايل',
];
const starts = ['START', 'start', 'S T A R T', '/start', 'unstop', 'اشتراك', 'إشتراك', 'ابدأ', 'أبدأ', 'ابدا', 'اِبْدَأْ'];
const others = [
  '',
  '!!!',
  "Don't stop",
  'stop it',
  'The bus stop',
  'Please stop sending me the catalog',
  'cancel',
  'end',
  'quit',
  'unsubscribed?yes',
  'متى يتوقف المحل؟',
  'أريد إلغاء الطلب',
  'ما هو سعر الاشتراك',
  'بدأت',
  'restart',
  'stopp',
  'stopped',
  'nonstop',
  'قفل',
  'قفة',
  'وقفة',
  'موقف',
  'يقف',
  'قف هنا',
  'الإلغاء',
  'إلغاء الحجز',
  'إيقاف السيارة',
  'اشتراكي',
  'لا ترسل',
  'لا ترسل الطلب اليوم',
  'لا ترسل رسائل قبل الظهر',
  'لا أريد السكر',
  'مش عايز',
  'stop messages about shipping only',
  'no more',
  's t o',
  'a s t o p',
  'st op',
  'S TOP',
];

test('each word alone is the wish, however it is written', () => {
  for (const text of stops) assert.equal(wishOf(text), 'stop', text);
  for (const text of starts) assert.equal(wishOf(text), 'start', text);
  for (const text of others) assert.equal(wishOf(text), undefined, text);
});

test('of what is tapped only words count that mean nothing else', () => {
  assert.equal(wishOf('Stop promotions', { tapped: true }), 'stop');
  assert.equal(wishOf('إلغاء الاشتراك', { tapped: true }), 'stop');
  for (const title of ['إلغاء', 'Start', 'توقف']) assert.equal(wishOf(title, { tapped: true }), undefined, title);
});

test('an organization may have words of its own', () => {
  const own = { stopWords: ['Cancel', 'كفاية رسائل'], startWords: ['Hi again'] };
  assert.equal(wishOf('CANCEL.', own), 'stop');
  assert.equal(wishOf('كفايه رسايل', own), 'stop');
  assert.equal(wishOf('كفايه رسايل'), undefined);
  assert.equal(wishOf('cancel', { ...own, tapped: true }), 'stop');
  assert.equal(wishOf('hi, again', own), 'start');
});

test('marks, case, spaces and punctuation around a word change nothing', () => {
  const around = fc.stringMatching(/^[\s.,!?؟،«»"'()*_~ـ\u064b-\u0652\u200f]{0,12}$/);
  fc.assert(
    fc.property(fc.constantFrom(...stops), around, around, (word, before, after) => {
      assert.equal(wishOf(before + word + after), 'stop');
    }),
  );
});

test('a wish is never found in a longer sentence', () => {
  const word = fc
    .stringMatching(/^[a-zء-ي]{2,10}$/)
    .filter((each) => !/^(all|promotions)$/.test(each) && normalWords(each) !== '');
  fc.assert(
    fc.property(word, word, (before, after) => {
      assert.equal(wishOf(`${before} stop ${after}`), undefined);
    }),
  );
});

test('a word with much around it is one of 80 units at most', () => {
  const wishes = [76, 77].map((marks) => wishOf(`stop${'!'.repeat(marks)}`));
  assert.deepEqual(wishes, ['stop', undefined]);
});

test('any text is read, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      assert.equal(normalWords(normalWords(text)), normalWords(text));
      wishOf(text);
    }),
  );
  const took = processorMs(() => {
    for (let times = 0; times < 1000; times++) wishOf('ا'.repeat(65_536));
  });
  assert.ok(took < 500, `${took} ms`);
});
