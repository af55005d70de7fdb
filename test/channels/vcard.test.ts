import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { contactOf, contactsOf } from '@parley/core/channels/shared/vcard.ts';
import { vcardOf } from '@parley/core/channels/shared/vcard-of.ts';
import { processorMs } from '../support/processor-time.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n');

/** What is shown of the cards; their text is another matter. */
function shown(text: string) {
  return contactsOf(text).map((card) => {
    const { vcard: _, ...contact } = card;
    return contact;
  });
}

test("WhatsApp's own", () => {
  const text = card(
    'VERSION:3.0',
    'N:Salem;Ahmed;;;',
    'FN:Ahmed Salem',
    'item1.TEL;waid=201000000009:+20 100 000 0009',
    'item1.X-ABLabel:Mobile',
    'TEL;type=CELL;waid=201000000010:',
    'ORG:Nile\\, Trading;Sales;',
  );
  assert.deepEqual(shown(text), [
    { name: 'Ahmed Salem', phones: ['+20 100 000 0009', '+201000000010'], organization: 'Nile, Trading, Sales' },
  ]);
});

test('2.1 with bare parameters and quoted-printable over lines', () => {
  const text = card(
    'VERSION:2.1',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;=D8=A3=D8=AD=D9=85=D8=AF;;;',
    'FN;CHARSET=UTF-8;QUOTED-PRINTABLE:=D8=A3=D8=AD=D9=85=',
    '=D8=AF',
    'TEL;CELL;PREF:0100',
    'TEL;HOME:0100',
    'EMAIL;INTERNET:a@example.com',
  );
  assert.deepEqual(shown(text), [{ name: 'أحمد', phones: ['0100'], emails: ['a@example.com'] }]);
  assert.equal(shown(card('FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ren=E9'))[0]?.name, 'René');
  assert.equal(shown(card('FN;CHARSET=NONE-SUCH;ENCODING=QUOTED-PRINTABLE:A=42'))[0]?.name, 'AB');
});

test('4.0 with tel: addresses and quoted parameters', () => {
  const text = card(
    'VERSION:4.0',
    'FN:Ana',
    'TEL;VALUE=uri;TYPE="voice,home":tel:+33-01-23;ext=9',
    'EMAIL;X="a:b":a@example.com',
  );
  assert.deepEqual(shown(text), [{ name: 'Ana', phones: ['+33-01-23'], emails: ['a@example.com'] }]);
});

test('a name is put together where there is none', () => {
  assert.equal(shown(card('N:Stevenson;John;Philip,Paul;Dr.;Jr.'))[0]?.name, 'Dr. John Philip,Paul Stevenson Jr.');
  assert.equal(shown(card('N:;;;;', 'ORG:Nile'))[0]?.name, 'Nile');
  assert.equal(shown(card('TEL:0100'))[0]?.name, '0100');
  assert.deepEqual(shown(card()), [{ name: '', phones: [] }]);
});

test('several cards, one inside another, a mark at the start, and lines of any kind', () => {
  const agent = card('FN:Secretary', 'TEL:999');
  const text =
    `\uFEFF${card('FN:One', 'TEL:1', 'AGENT:', agent)}\n${card('FN:Two\\;\\, and\\nmore', 'TEL:2')}`.replaceAll(
      '\r\n',
      '\n',
    );
  assert.deepEqual(shown(text), [
    { name: 'One', phones: ['1'] },
    { name: 'Two;, and\nmore', phones: ['2'] },
  ]);
  assert.equal(contactOf(text).vcard, text);
});

test('a photo is not kept', () => {
  const text = card(
    'FN:Ana',
    `PHOTO;ENCODING=b;TYPE=JPEG:${'A'.repeat(70)}`,
    ...Array(200).fill(` ${'A'.repeat(74)}`),
    'TEL:1',
  );
  const { vcard = '', ...contact } = contactOf(text);
  assert.deepEqual(contact, { name: 'Ana', phones: ['1'] });
  assert.equal(vcard, card('FN:Ana', 'TEL:1'));
});

test('what is written is read back, in lines of at most 75 bytes', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
    .filter((value) => value.trim() === value && !/[\r\0]/.test(value));
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 3 }), (name, organizations) => {
      const [organization] = organizations;
      const contact = { name, phones: ['+201000000009'], ...(organization && { organization }) };
      const vcard = vcardOf(contact);
      for (const line of vcard.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75);
      assert.match(vcard, /^BEGIN:VCARD\r\nVERSION:3\.0\r\nN:/);
      assert.deepEqual(shown(vcard), [contact]);
    }),
    { examples: [['Ana\u2028Ali', ['Nile\u2029Co']]] },
  );
});

test('nothing makes it fail, and much does not take long', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void contactOf(`BEGIN:VCARD\n${text}`)));
  const took = processorMs(() => {
    contactsOf(card(`FN:A${'\r\n x'.repeat(200_000)}`));
    contactsOf(card(`FN;QUOTED-PRINTABLE:A${'=\r\n'.repeat(200_000)}`));
    contactsOf(`BEGIN:VCARD\nTEL${';"'.repeat(50_000)}:1`);
    contactsOf(card(`N:${';'.repeat(100_000)}`));
  });
  assert.ok(took < 2_000, `${took} ms`);
});
