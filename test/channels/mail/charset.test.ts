import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { bytes, message } from './reading.ts';
import { processorMsOf } from '../../support/processor-time.ts';

const arabic = 'مرحبا، أين طلبي رقم 17؟ شكرا جزيلا';
const tables = new Map<string, Map<string, number>>();

function encoded(text: string, charset: string): Uint8Array {
  if (charset === 'utf-8') return new TextEncoder().encode(text);
  const table = tables.get(charset) ?? new Map<string, number>();
  const decoder = new TextDecoder(charset);
  if (table.size === 0) for (let byte = 255; byte >= 0; byte--) table.set(decoder.decode(Uint8Array.of(byte)), byte);
  tables.set(charset, table);
  return Uint8Array.from(text, (character) => table.get(character) ?? 0x3f);
}

/** A mail of these bytes, which are said to be in `label`; without one, nothing is said. */
function mail(content: Uint8Array, label: string | undefined, { type = 'text/plain', transfer = 'base64' } = {}) {
  const body = Buffer.from(content);
  const words = transfer === 'base64' ? body.toString('base64').replaceAll(/.{76}/g, '$&\n') : body.toString('latin1');
  const charset = label === undefined ? '' : `; charset=${label}`;
  return bytes(
    `From: mona@customers.example\nMessage-ID: <c@x>\nContent-Type: ${type}${charset}\nContent-Transfer-Encoding: ${transfer}\n\n${words}\n`,
  );
}

for (const [truth, label] of [
  ['windows-1256', 'windows-1256'],
  ['windows-1256', 'CP1256'],
  ['iso-8859-6', 'ISO-8859-6'],
  ['iso-8859-6', 'iso-8859-6-i'],
  ['utf-8', 'utf-8'],
  ['utf-8', undefined],
  ['utf-8', 'windows-1256'],
  ['utf-8', 'iso-8859-1'],
  ['utf-8', 'us-ascii'],
  ['windows-1256', 'utf-8'],
  ['windows-1256', 'iso-8859-1'],
  ['windows-1256', 'us-ascii'],
  ['windows-1256', undefined],
  ['iso-8859-6', 'utf-8'],
] as const) {
  test(`Arabic in ${truth} that is called ${label ?? 'nothing'} is read`, async () => {
    for (const transfer of ['base64', '8bit']) {
      const { email } = await message(mail(encoded(arabic, truth), label, { transfer }));
      assert.equal(email.text, arabic, transfer);
      const html = encoded(`<p dir="rtl">${arabic}</p>`, truth);
      assert.equal(
        (await message(mail(html, label, { type: 'text/html', transfer }))).email.text,
        arabic,
        `HTML ${transfer}`,
      );
    }
  });
}

for (const [what, text, truth, label] of [
  ['French', 'Été à la plage, où êtes-vous ? Ça va, Zoë.', 'windows-1252', 'iso-8859-1'],
  ['German', 'Größe über Straße, schöne Grüße', 'windows-1252', 'windows-1252'],
  ['French called UTF-8', 'Été à la plage', 'windows-1252', 'utf-8'],
  ['one word', 'à', 'windows-1252', 'iso-8859-1'],
  ['Arabic and French', 'شكرا beaucoup, café très bon', 'windows-1256', 'windows-1256'],
  ['Russian', 'Где мой заказ?', 'windows-1251', 'windows-1251'],
] as const) {
  test(`${what} stays what it is`, async () => {
    assert.equal((await message(mail(encoded(text, truth), label))).email.text, text);
  });
}

test('a byte that was lost on the way changes nothing around it', async () => {
  const content = encoded(arabic, 'utf-8').with(1, 0x3f);
  const { email } = await message(mail(content, 'utf-8'));
  assert.ok(email.text.endsWith(arabic.slice(1)), email.text);
});

test('a subject without any encoding is read, in UTF-8 and in windows-1256', async () => {
  for (const charset of ['utf-8', 'windows-1256']) {
    const subject = Buffer.from(encoded('طلب رقم 17', charset)).toString('latin1');
    const { email } = await message(bytes(`From: a@b.example\nSubject: ${subject}\n\nx\n`));
    assert.equal(email.subject, 'طلب رقم 17', charset);
  }
});

test('what is labelled right is read as it was written, whatever it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), async (text) => {
      const line = text.replaceAll(/[\p{C}\s>]+/gu, 'x').normalize('NFC');
      const { email } = await message(mail(encoded(line, 'utf-8'), 'utf-8'));
      assert.equal(email.text, line);
    }),
    { numRuns: 200 },
  );
});

test('any bytes under any label are read, and none keep the reader busy', async () => {
  const labels = ['utf-8', 'windows-1256', 'iso-8859-6', 'us-ascii', 'x-unknown', undefined];
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.constantFrom(...labels), async (content, label) => {
      assert.ok((await message(mail(content, label))).email.text.isWellFormed());
    }),
    { numRuns: 200 },
  );
  const took = await processorMsOf(async () => {
    await message(mail(Buffer.concat([Buffer.alloc(500_000, 'a'), Buffer.from([0xe3])]), 'iso-8859-1'));
    await message(mail(Buffer.alloc(500_000, 0xe3), 'utf-8'));
  });
  assert.ok(took < 10_000, `${Math.round(took)} ms`);
});
