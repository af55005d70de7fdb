import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import test, { after } from 'node:test';
import { channel as sms } from '@parley/core/channels/sms/index.ts';
import { channel as telegram } from '@parley/core/channels/telegram/index.ts';
import { HashSet } from '@parley/core/domain/hash-set.ts';
import { columnsOf } from '@parley/core/flows/broadcast/columns.ts';
import { csvLine, delimiterOf, readCsv } from '@parley/core/flows/broadcast/csv.ts';
import type { CsvRow } from '@parley/core/flows/broadcast/csv.ts';
import { recipientOf } from '@parley/core/flows/broadcast/recipient.ts';
import { startQueuesAndBuckets } from '@parley/local/queues-and-buckets/server.ts';
import { fc } from '../support/properties.ts';
import { workbook, zipped } from '../support/workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-lists-'));
const storage = await startQueuesAndBuckets({ folder });
storage.ensure({ queues: [], buckets: [{ name: 'lists', cors: [] }] });
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_S3: storage.url,
  MEDIA_BUCKET: 'lists',
});
const { readFile, storeBytes } = await import('@parley/core/store/media-files.ts');
const { toUtf8 } = await import('@parley/core/flows/broadcast/encoding.ts');
const { toCsv } = await import('@parley/core/flows/broadcast/workbook/to-csv.ts');

after(async () => {
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

test('whatever is written as CSV is read again, and can be gone on from behind any row', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', 'م', ',', '"', '\n', '\r\n', ' ', ';'), maxLength: 8 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, block) => {
      const bytes = Buffer.from(rows.map(csvLine).join(''));
      const { rows: read, ended } = await readAll(bytes, 0, block);
      assert.equal(ended, 'end');
      assert.deepEqual(
        read.map(({ cells }) => cells),
        rows,
      );
      for (const [index, { end }] of read.entries())
        assert.deepEqual(
          (await readAll(bytes, end, block)).rows.map(({ cells }) => cells),
          rows.slice(index + 1),
        );
    }),
    { numRuns: 60 },
  );
});

test('a quote that nobody closes ends the reading there, and not the rows before it', async () => {
  const bytes = Buffer.from('a,1\r\nb,2\r\n"open,3\r\nd,4\r\n');
  const { rows, ended } = await readAll(bytes, 0, 5);
  assert.equal(ended, 'broken');
  assert.deepEqual(
    rows.map(({ cells }) => cells),
    [
      ['a', '1'],
      ['b', '2'],
    ],
  );
  const endless = await readAll(Buffer.concat([Buffer.from('a,1\n"'), Buffer.alloc(300_000, 'x')]), 0, 65_536);
  assert.deepEqual([endless.ended, endless.rows.length], ['broken', 1]);
});

test('what a file is written with is found in its header', () => {
  assert.equal(delimiterOf('to;name;"a,b,c,d"\r\n1,2,3;4'), ';');
  assert.equal(delimiterOf('to\tname\n'), '\t');
  assert.equal(delimiterOf('to\n'), ',');
});

test('columns are known by what they are called, in English and Arabic, or by what the caller says', () => {
  assert.deepEqual(columnsOf(['Phone_Number', 'Full Name', 'Order No', '  ']), ['to', 'name', 'Order_No', null]);
  assert.deepEqual(columnsOf(['\u200fالاسم', 'رقم الجوال', 'رقم الطلب']), ['name', 'to', 'رقم_الطلب']);
  assert.deepEqual(columnsOf(['phone', 'Work'], { WORK: 'to' }), ['phone', 'to']);
  assert.deepEqual(columnsOf(['Telephone No.', 'Customer Name']), ['to', 'name']);
  assert.deepEqual(columnsOf(['العميل', 'رقم الواتساب', 'تليفون']), ['name', 'to', 'تليفون']);
  const absent = columnsOf(['a'], { b: 'to' });
  const problem = { code: 'no_column', message: `The list has no column 'b'`, details: { column: 'b' } };
  assert.deepEqual(absent, { problem });
  const proto = columnsOf(['to', '__proto__']);
  assert.deepEqual(proto, ['to', 'proto']);
});

test('phone numbers as people write them become E.164; what is none is refused', () => {
  for (const text of [
    '01001234567',
    '1001234567',
    '٠١٠٠١٢٣٤٥٦٧',
    '+20 100 123 4567',
    '00201001234567',
    '201001234567',
    '\u202a+201001234567\u202c',
  ])
    assert.equal(number(text, 'EG'), '+201001234567', text);
  assert.equal(number('966501234567', 'EG'), '+966501234567');
  assert.equal(number('0501234567', 'SA'), '+966501234567');
  assert.equal(number('+971500000201'), '+971500000201');
  assert.equal(number('(415) 555-2671', 'US'), '+14155552671');
  for (const text of ['', '12', 'call me', '+20100123456789012', '=1+1', '01001234567x9'])
    assert.match(number(text, 'EG'), /^(no recipient|not a recipient on SMS)$/, text);
  assert.match(number('01001234567'), /^not a recipient on SMS: .*'default_country'/);
  assert.match(number('2.01E+11', 'EG'), /^not a recipient on SMS: .*as text$/);
  const arabicOfWindows = new TextDecoder().decode(Uint8Array.of(0xe3, 0xe4, 0xec));
  const unread = recipientOf(sms, ['to', 'name'], ['01001234567', arabicOfWindows], 'EG');
  assert.ok(!unread.ok && /not UTF-8/.test(unread.reason), 'a name that nobody can read is nobody’s');
  const chat = recipientOf(telegram, ['name', 'to', 'x'], [' Mona ', '123456', ''], undefined);
  assert.deepEqual(chat.ok && chat.recipient, { to: '123456', name: 'Mona' });
});

test('a set of hashes is a set, of any size', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 5000n }), { maxLength: 4000 }), (numbers) => {
      const [own, known] = [new HashSet(), new Set<bigint>()];
      for (const each of numbers) {
        assert.equal(own.add(each), !known.has(each));
        known.add(each);
      }
      assert.equal(own.size, known.size);
    }),
    { numRuns: 20 },
  );
});

test('a workbook is read as it is seen: texts, numbers, dates, gaps', async () => {
  const bytes = await workbook([
    ['Phone', 'الاسم', 'When', 'Sum'],
    [201_001_234_567, 'A & <b> "c"', { days: 45_292 }, 12.5],
    [],
    [2.010_012_345_68e11, null, { days: 45_292.5 }, 0.1],
    ['+20 100', 'two\nlines', { days: 1 }, -3],
  ]);
  assert.deepEqual(await csvOf(bytes), [
    'Phone,الاسم,When,Sum',
    '201001234567,"A & <b> ""c""",2024-01-01,12.5',
    '',
    '201001234568,,2024-01-01 12:00,0.1',
    '+20 100,"two\nlines",1899-12-31,-3',
  ]);
});

test('times are read as they are seen, and a sheet that nobody sees is no list', async () => {
  const xfs = [20, 46, 164].map((id) => `<xf numFmtId="${id}"/>`).join('');
  const own = '<numFmt numFmtId="164" formatCode="h:mm AM/PM"/>';
  const cells = ['0.75', '1.0625', '45292.25'].map((value, style) => `<c s="${style}"><v>${value}</v></c>`).join('');
  const bytes = await zipped({
    'xl/workbook.xml':
      '<workbook xmlns:r="r"><sheets><sheet name="Old" state="hidden" r:id="rId9"/><sheet name="A" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>' +
      '<Relationship Id="rId9" Type="t/worksheet" Target="worksheets/gone.xml"/>' +
      '<Relationship Id="rId2" Type="t/styles" Target="styles.xml"/></Relationships>',
    'xl/styles.xml': `<styleSheet><numFmts>${own}</numFmts><cellXfs>${xfs}</cellXfs></styleSheet>`,
    [SHEET]: `<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`,
  });
  assert.deepEqual(await csvOf(bytes), ['18:00,25:30,06:00']);
});

test('a cell that is written so as to stay text is what a spreadsheet shows of it', async () => {
  const { rows } = await readAll(Buffer.from('="0100",\'0100,\'=1+1,\'tis,=1+1,"\'+20 100"\r\n'), 0, 7);
  assert.deepEqual(rows[0]?.cells, ['0100', '0100', '=1+1', "'tis", '=1+1', '+20 100']);
});

test('what is no workbook, or wants to be more than there is room for, is refused in words', async () => {
  const good = await workbook([['to'], ['+201001234567']]);
  const hostile: Record<string, [Uint8Array, RegExp]> = {
    'no archive': [Buffer.from('PK\u0003\u0004 and no more'), /no workbook/],
    'cut off': [good.subarray(0, good.length - 40), /no workbook/],
    'another archive': [await zipped({ 'readme.txt': 'hello' }), /no workbook/],
    'a text of a million characters': [
      await sheetOf(`<row><c t="str"><v>${'x'.repeat(1_200_000)}</v></c></row>`),
      /too long/,
    ],
    'one tag without end': [await sheetOf(`<row ${'a="1" '.repeat(400_000)}`), /too long|damaged/],
    'nested deep': [await sheetOf('<row>'.repeat(200_000)), /too deep/],
    entities: [await sheetOf('<row/>', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'), /document type/],
    'more rows than there are': [await sheetOf('<row r="9999999"/>'), /more rows/],
    'a string that is not there': [await sheetOf('<row><c t="s"><v>77</v></c></row>'), /damaged/],
    'no XML': [await sheetOf('<row><c>'), /damaged/],
  };
  for (const [name, [bytes, words]] of Object.entries(hostile)) {
    await storeBytes('hostile.xlsx', bytes, 'application/zip');
    const read = await toCsv('hostile.xlsx', 'hostile.csv', undefined);
    assert.ok('problem' in read, name);
    assert.match(read.problem.message, words, name);
  }
});

test('a bomb is let go of long before it has gone off, and memory does not grow with it', async () => {
  // 120 MB of rows in a few hundred KB
  const bytes = await bomb('<row/>'.repeat(200_000), 100);
  assert.ok(bytes.length < 2_000_000);
  await storeBytes('bomb.xlsx', bytes, 'application/zip');
  let most = 0;
  const before = process.memoryUsage().rss;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 50);
  const read = await toCsv('bomb.xlsx', 'bomb.csv', undefined);
  clearInterval(timer);
  assert.ok('problem' in read && /more rows/.test(read.problem.message), JSON.stringify(read));
  assert.ok(most < 250_000_000, `${most} bytes more`);
});

test('a list in another encoding is written anew in UTF-8, whole', async () => {
  const text = '0100,منى 🌙\r\n'.repeat(400_000);
  await storeBytes('list.txt', Buffer.from(text, 'utf16le'), 'text/csv');
  assert.equal(await toUtf8('list.txt', 'list.utf8', 'utf-16le'), true);
  assert.ok(Buffer.from(text).equals(await readFile('list.utf8')));
  assert.equal(await toUtf8('none.txt', 'none.utf8', 'utf-16le'), false);
});

function number(text: string, country?: string): string {
  const read = recipientOf(sms, ['to'], [text], country);
  return read.ok ? read.recipient.to : read.reason;
}

async function readAll(bytes: Buffer, start: number, block: number): Promise<{ rows: CsvRow[]; ended: string }> {
  const rows: CsvRow[] = [];
  const blocks = Array.from({ length: Math.ceil((bytes.length - start) / block) }, (_, index) =>
    bytes.subarray(start + index * block, start + (index + 1) * block),
  );
  const take = (row: CsvRow) => Promise.resolve(void rows.push(row));
  const ended = await readCsv(Readable.from(blocks), { start, delimiter: ',', most: 1_000_000 }, take);
  return { rows, ended };
}

async function csvOf(bytes: Uint8Array): Promise<string[]> {
  await storeBytes('list.xlsx', bytes, 'application/zip');
  const converted = await toCsv('list.xlsx', 'list.csv', undefined);
  assert.deepEqual(converted, { converted: true });
  return new TextDecoder()
    .decode(await readFile('list.csv'))
    .trimEnd()
    .split('\r\n');
}

const SHEET = 'xl/worksheets/sheet1.xml';

/** A workbook whose sheet is this. */
async function sheetOf(rows: string, before = ''): Promise<Uint8Array> {
  return zipped({ ...plain, [SHEET]: `${before}<worksheet><sheetData>${rows}</sheetData></worksheet>` });
}

/** The same rows so many times. */
async function bomb(rows: string, times: number): Promise<Uint8Array> {
  const whole = Buffer.concat([
    Buffer.from('<worksheet><sheetData>'),
    ...Array.from({ length: times }, () => Buffer.from(rows)),
    Buffer.from('</sheetData></worksheet>'),
  ]);
  return zipped({ ...plain, [SHEET]: whole });
}

const plain = {
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
};
