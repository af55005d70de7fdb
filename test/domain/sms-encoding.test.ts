import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { segmentsOf } from '@parley/core/domain/sms-encoding.ts';
import { isGsm, smsSegments } from '@parley/core/domain/sms-segments.ts';

test('F34: typographic signs give way to plain ones where that keeps the text GSM-7', () => {
  const pairs: [string, string][] = [
    ['it’s “fine” – really…', 'it\'s "fine" - really...'],
    ['a\u00a0b\u202fc\td', 'a b c d'],
    ['soft\u00adhyphen\u200b', 'softhyphen'],
    ['«Café» — 5 €', '"Café" - 5 €'],
    ['e\u0301', 'é'],
    ['`code`', "'code'"],
    ['plain', 'plain'],
  ];
  for (const [text, sent] of pairs) {
    const plan = segmentsOf(text);
    assert.deepEqual([plan.text, plan.encoding, plan.isPlainer], [sent, 'GSM-7', text !== sent], text);
  }
});

test('F34: what can not become GSM-7 stays exactly as it is: Arabic, emoji, accents that GSM-7 lacks', () => {
  for (const text of ['طلبك “جاهز”', '“Done” 🎉', 'Příliš “žluťoučký”', 'доставка – завтра']) {
    const plan = segmentsOf(text);
    assert.deepEqual([plan.text, plan.encoding, plan.isPlainer], [text, 'UCS-2', false]);
  }
});

test('F34: one curly quote does not cost a second segment', () => {
  const text = `it’s ${'a'.repeat(100)}`;
  assert.equal(segmentsOf(text).segments, 1);
  assert.equal(segmentsOf(text, { smart_encoding: false }).segments, 2);
});

test('F34: a text that plain signs would make too long stays as it is', () => {
  const text = `${'a'.repeat(1599)}…`;
  assert.deepEqual(segmentsOf(text), { text, encoding: 'UCS-2', segments: 24, isPlainer: false });
});

test('F34: a text that is to go as Unicode is counted so', () => {
  assert.deepEqual(segmentsOf('a'.repeat(70), { encoding: 'unicode' }).segments, 1);
  assert.deepEqual(segmentsOf('a'.repeat(71), { encoding: 'unicode' }), {
    text: 'a'.repeat(71),
    encoding: 'UCS-2',
    segments: 2,
    isPlainer: false,
  });
  assert.equal(segmentsOf('', { encoding: 'unicode' }).segments, 0);
});

test('F34: it never costs more segments than the text as it was written, and says what is sent', () => {
  const unit = fc.constantFrom('a', 'é', '“', '’', '…', '—', '\u00a0', '€', 'ش', '😀', ' ', '\u0301');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 400 }), (text) => {
      const plan = segmentsOf(text);
      assert.ok(plan.segments <= smsSegments(text).segments.length);
      assert.equal(plan.segments, smsSegments(plan.text).segments.length);
      assert.equal(plan.encoding, isGsm(plan.text) ? 'GSM-7' : 'UCS-2');
      assert.equal(segmentsOf(plan.text).text, plan.text);
      if (plan.encoding === 'UCS-2') assert.equal(plan.text, text);
    }),
    { numRuns: 500 },
  );
});
