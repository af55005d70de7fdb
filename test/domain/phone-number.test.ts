import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import {
  hasVariants,
  personsNumber,
  phoneIdentity,
  phoneNumber,
  sameNumber,
  whatsAppDigits,
  whatsAppIdentity,
} from '@parley/core/domain/phone-number.ts';

/** [what, every way it is written] */
const same: [string, string[]][] = [
  [
    'a Brazilian mobile with and without its ninth digit',
    [
      '+5511987654321',
      '551187654321',
      '5511987654321@c.us',
      '551187654321@s.whatsapp.net',
      '+55 (11) 98765-4321',
      '00551187654321',
    ],
  ],
  ['a Mexican mobile with 52 and 521', ['+525512345678', '+5215512345678', '5215512345678@c.us', '00 52 55 1234 5678']],
  [
    'an Argentine mobile with and without its 9, and with its 15',
    ['+5491123456789', '+541123456789', '5491123456789@c.us', '+54 9 11 2345-6789', '+54 11 15 2345 6789'],
  ],
  ['one of an Argentine town', ['+5493515123456', '+543515123456', '+54 351 15 512 3456']],
  [
    'an Egyptian mobile',
    [
      '+201001383533',
      '00201001383533',
      '201001383533:12@s.whatsapp.net',
      '٢٠١٠٠١٣٨٣٥٣٣',
      '01001383533',
      '٠١٠٠ ١٣٨ ٣٥٣٣',
      '+20 (0)100 138 3533',
      // as phones and web pages have it: non-breaking signs, and marks of direction
      '\u202a+20\u00a0100\u2011138\u20113533\u202c',
      '\u2066+20 100–138–3533\u2069',
    ],
  ],
];

for (const [what, spellings] of same) {
  test(`F19: ${what} is one number`, () => {
    for (const spelling of spellings)
      assert.ok(sameNumber(spelling, spellings[0] ?? ''), `${spelling} is ${personsNumber(spelling)}`);
  });
}

test('F19: a landline is not merged with the mobile of the same digits', () => {
  assert.equal(sameNumber('+551133334444', '+5511933334444'), false);
  assert.equal(sameNumber('+551155554444', '+5511955554444'), false);
  assert.equal(sameNumber('+541143211234', '+5491143211234'), false);
  assert.equal(sameNumber('+543514123456', '+5493514123456'), false);
  for (const landline of ['+551133334444', '+541143211234', '+20225550000']) {
    assert.equal(personsNumber(landline), landline);
    assert.equal(hasVariants(landline), false);
  }
});

test('F19: other countries’ numbers are left as they are', () => {
  for (const number of ['+15551234567', '+5511', '+34600123456', '+552112345', '+5712345678901', '+5355512345678'])
    assert.equal(personsNumber(number), /^\+\d{7,15}$/.test(number) ? number : undefined);
});

test('F19: the form is its own, and nothing but a number becomes one', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .tuple(fc.constantFrom('52', '521', '54', '549', '55', '20'), fc.stringMatching(/^\d{8,12}$/))
          .map(([country, rest]) => `+${country}${rest}`),
      ),
      (text) => {
        const number = personsNumber(text);
        if (number === undefined) return;
        assert.match(number, /^\+\d{7,15}$/);
        assert.equal(personsNumber(number), number);
      },
    ),
    { numRuns: 2000 },
  );
});

test('F19: only numbers that have other spellings are asked for', () => {
  for (const number of ['+5511987654321', '+525512345678', '+5491123456789']) assert.equal(hasVariants(number), true);
  for (const number of ['+201001383533', '+15551234567']) assert.equal(hasVariants(number), false);
});

test('F19: what begins with a zero is a number only where it is known of which country', () => {
  for (const text of ['0501234567', '0223334444', '01301234567', '000201001383533', '0100138353'])
    assert.equal(personsNumber(text), undefined, text);
  assert.equal(personsNumber('+0987654321'), '+0987654321', 'whoever writes the + knows');
});

/** How people write the digits of a number. */
const scripts = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'];
const written = fc.record({
  prefix: fc.constantFrom('', '+', '00'),
  script: fc.constantFrom(...scripts),
  gaps: fc.array(fc.constantFrom('', '', ' ', '-', '.', '(', ')', '\u200e'), { minLength: 20, maxLength: 20 }),
  server: fc.constantFrom('', '@c.us', '@s.whatsapp.net', ':7@s.whatsapp.net'),
});

/** A mobile number, and the digits by which it may be told: at home those have no prefix. */
const mobiles = fc.oneof(
  fc
    .stringMatching(/^1[0125]\d{8}$/)
    .map((own) => ({ number: `+20${own}`, ways: [`20${own}`, `200${own}`], home: [`0${own}`] })),
  fc
    .stringMatching(/^[1-9]{2}[6-9]\d{7}$/)
    .map((own) => [own.slice(0, 2), own.slice(2)] as const)
    .map(([area, own]) => ({ number: `+55${area}9${own}`, ways: [`55${area}9${own}`, `55${area}${own}`], home: [] })),
  fc.stringMatching(/^[2-9]\d{9}$/).map((own) => ({ number: `+52${own}`, ways: [`52${own}`, `521${own}`], home: [] })),
  fc
    .stringMatching(/^11[2356789]\d{7}$/)
    .map((own) => ({ number: `+549${own}`, ways: [`549${own}`, `54${own}`, `541115${own.slice(2)}`], home: [] })),
  fc.stringMatching(/^[1-9]\d{8}$/).map((own) => ({ number: `+966${own}`, ways: [`966${own}`], home: [] })),
);

test('F19: in any script, with any prefix and any gaps, it is the same person', () => {
  fc.assert(
    fc.property(mobiles, written, fc.nat(), ({ number, ways, home }, { prefix, script, gaps, server }, pick) => {
      const forms = [...ways.map((digits) => prefix + digits), ...home];
      const digits = forms[pick % forms.length] ?? '';
      const text = Array.from(digits, (sign, index) => (script[Number(sign)] ?? sign) + (gaps[index] ?? '')).join('');
      assert.deepEqual(phoneIdentity(text + server), { kind: 'phone', value: number }, text + server);
    }),
    { numRuns: 2000 },
  );
});

test('F19: WhatsApp is told the digits that it knows someone by, and not those of a number they had before', () => {
  const old = whatsAppIdentity('551187654321');
  assert.deepEqual(old, { kind: 'wa_id', value: '551187654321' });
  assert.equal(whatsAppIdentity('+5511987654321'), undefined);
  const now = { kind: 'phone', value: '+5511987654321' };
  assert.equal(whatsAppDigits({ identities: [now] }), '5511987654321');
  assert.equal(whatsAppDigits({ identities: [now, old] }), '551187654321');
  assert.equal(whatsAppDigits({ identities: [{ kind: 'phone', value: '+5511912345678' }, old, now] }), '5511912345678');
  assert.equal(whatsAppDigits({ identities: [{ kind: 'bsuid', value: 'BR.1' }] }), undefined);
});

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
