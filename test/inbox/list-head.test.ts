import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { guessColumns, listOf, mappingOf, readHead, recipientsIn } from '../../inbox/src/broadcasts/list-head.ts';

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

test('no more than three rows are shown, and a workbook is not looked into', async () => {
  assert.equal((await headOf(['to', '1', '2', '3', '4', '5']))?.rows.length, 3);
  assert.equal(await readHead(new File(['PK'], 'list.XLSX')), null);
});

test('any text has a head', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', 'ب', ' ') }), async (text) => {
      const head = await headOf([text]);
      assert.ok(head && head.rows.length <= 3);
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
