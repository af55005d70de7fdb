import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { guessColumns, listOf, mappingOf, readHead, recipientsIn } from '../../inbox/src/broadcasts/list-head.ts';
import type { Encoding } from '../../inbox/src/broadcasts/list-head.ts';

test('the head of a list is read, whatever separates it', async () => {
  for (const sign of [',', ';', '\t', '|']) {
    const head = await headOf([`\uFEFFPhone${sign}Full name`, `0100${sign}"Mona${sign} ""Nile"""`, '', `0101${sign}`]);
    assert.deepEqual(head, {
      header: ['Phone', 'Full name'],
      rows: [
        ['0100', `Mona${sign} "Nile"`],
        ['0101', ''],
      ],
    });
  }
});

test('the line above the header that says what separates is none of it', async () => {
  assert.deepEqual(await headOf(['sep=|', 'to|a;b;c', '1|2']), { header: ['to', 'a;b;c'], rows: [['1', '2']] });
});

test('no more than three rows are shown, and a workbook is not looked into', async () => {
  const long = await headOf(['to', '1', '2', '3', '4', '5']);
  assert.ok(long && long !== 'not_utf8');
  assert.equal(long.rows.length, 3);
  assert.equal(await readHead(new File(['PK'], 'list.XLSX')), null);
});

test('a list is read as it is written: by its mark, or as somebody says, and never by a guess', async () => {
  const text = 'الهاتف\tالاسم\r\n0100\tمنى';
  const head = { header: ['الهاتف', 'الاسم'], rows: [['0100', 'منى']] };
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(`\ufeff${text}`)])
    assert.deepEqual(await headOfBytes(bytes, 'windows-1256'), head);
  assert.equal(await headOfBytes(little.subarray(2)), 'not_utf8');
  assert.deepEqual(await headOfBytes(little.subarray(2), 'utf-16le'), head);
  const windows = Buffer.from([...Buffer.from('to\n'), 0xe3, 0xe4, 0xec]);
  assert.equal(await headOfBytes(windows), 'not_utf8');
  assert.deepEqual(await headOfBytes(windows, 'windows-1256'), { header: ['to'], rows: [['منى']] });
});

test('a letter that the end of the head cuts in two is no harm', async () => {
  const head = await headOfBytes(Buffer.from(`to\r\n1\r\n${'م'.repeat(80_000)}`.padStart(80_010, 'x')));
  assert.notEqual(head, 'not_utf8');
});

test('any text has a head', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', 'ب', ' ') }), async (text) => {
      const head = await headOf([text]);
      assert.ok(head && head !== 'not_utf8' && head.rows.length <= 3);
    }),
  );
});

test('columns are known by what they are called, in Arabic too', () => {
  const english = ['Full name', 'Mobile', 'Order no.', ''];
  assert.deepEqual(guessColumns(english), ['name', 'to', { variable: 'Order_no.' }, null]);
  assert.deepEqual(guessColumns(['الاسم', 'رقم الموبايل', 'المدينة']), ['name', 'to', { variable: 'المدينة' }]);
  assert.deepEqual(guessColumns(['phone', 'second phone']), ['to', { variable: 'second_phone' }]);
});

test('what is told to the server is what is seen', () => {
  const header = ['Full name', 'Mobile', 'Order no', ''];
  assert.deepEqual(mappingOf(header, guessColumns(header)), {
    'Full name': 'name',
    Mobile: 'to',
    'Order no': 'Order_no',
  });
});

test('what is pasted is one recipient in each line, or between commas of any script', async () => {
  const pasted = '+20 100 123 4567\n\n 0101 ، a@b.example;x';
  assert.deepEqual(recipientsIn(pasted), ['+20 100 123 4567', '0101', 'a@b.example', 'x']);
  assert.equal(await listOf('1\n"2').text(), 'to\r\n"1"\r\n"""2"');
});

function headOf(lines: string[]) {
  return readHead(new File([lines.join('\r\n')], 'list.csv'));
}

function headOfBytes(bytes: Uint8Array<ArrayBuffer>, encoding?: Encoding) {
  return readHead(new File([bytes], 'list.csv'), encoding);
}
