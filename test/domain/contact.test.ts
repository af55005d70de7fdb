import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { phoneNumber } from '@parley/core/domain/contact.ts';

test('one number is one number, however it is written', () => {
  const written = [
    '+201001383533',
    '201001383533',
    '00201001383533',
    '+20 100 138-3533',
    '201001383533@s.whatsapp.net',
    '201001383533@c.us',
    '201001383533:12@s.whatsapp.net',
    '+٢٠١٠٠١٣٨٣٥٣٣',
    '\u202a+201001383533\u202c',
  ];
  for (const text of written) assert.equal(phoneNumber(text), '+201001383533', text);
});

test('what is no number of 7 to 15 digits is refused', () => {
  for (const text of ['', '+', 'abc', '+123456', '+1234567890123456', '20100138353x', '120363@g.us', '99@lid']) {
    assert.equal(phoneNumber(text), undefined, text);
  }
  assert.equal(phoneNumber('+1234567'), '+1234567');
  assert.equal(phoneNumber('+123456789012345'), '+123456789012345');
});

test('the result is always + and digits, and reading it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const phone = phoneNumber(text);
      if (phone === undefined) return;
      assert.match(phone, /^\+\d{7,15}$/);
      assert.equal(phoneNumber(phone), phone);
    }),
  );
});
