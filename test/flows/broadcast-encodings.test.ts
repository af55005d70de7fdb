import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { encodingOf, isEncoding } from '@parley/core/flows/broadcast/encoding.ts';
import { accountOf, ask, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { createBroadcast, download, homeNumbers, tell, upload, whenBroadcast } from '../support/broadcasts.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const sms = accountOf(nile, 'sms');
const common = { channel: 'sms', channel_account_id: sms.id, content: { message: 'مرحبا {{name}}' } };

/** منى and علي, as Windows writes them in Arabic. */
const MONA = [0xe3, 0xe4, 0xec];
const ALI = [0xda, 0xe1, 0xed];

suite('what a list is written in', () => {
  after(() => cloud.close());

  test('what Excel calls Unicode Text is read: UTF-16 by its mark, whatever else is said of it', async () => {
    const lines = homeNumbers(3, 7_100).map((number, index) => `${number}\t"منى ${index}"`);
    const text = `\ufeffالهاتف\tالاسم\r\n${lines.join('\r\n')}\r\n`;
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()])
      for (const encoding of [undefined, 'windows-1256']) {
        const ready = await whenBroadcast(cloud, nile, await madeOf(bytes, { encoding }), 'READY');
        assert.deepEqual(ready['totals'], { rows: 3, recipients: 3, duplicates: 0, bad_rows: 0, opted_out: 0 });
        assert.deepEqual(await greetings(ready), ['مرحبا منى 0', 'مرحبا منى 1', 'مرحبا منى 2']);
      }
  });

  test('what is certainly not UTF-8 is refused with what can be said of it, and read once that is said', async () => {
    const [one, other] = homeNumbers(2, 7_200);
    const bytes = Buffer.concat([
      Buffer.from(`phone;name\r\n${one};`),
      Buffer.from(MONA),
      Buffer.from(`\r\n${other};`),
      Buffer.from(ALI),
      Buffer.from('\r\n'),
    ]);
    const made = await madeOf(bytes, {});
    const failed = await whenBroadcast(cloud, nile, made, 'FAILED');
    assert.deepEqual([failed['problem_code'], failed['problem_details']], ['not_utf8', null]);
    assert.match(String(failed['problem']), /'audience': \{ "encoding": "windows-1256" \}/);
    const { upload_id } = failed['audience'] as Row;
    const audience = { kind: 'file', upload_id, encoding: 'windows-1256' };
    const path = `/rest/v1/broadcasts?id=eq.${made.id}`;
    assert.equal((await ask(cloud, nile, path, { audience }, { method: 'PATCH' })).status, 204);
    const ready = await whenBroadcast(cloud, nile, made, 'READY');
    assert.equal((ready['audience'] as Row)['encoding'], 'windows-1256');
    assert.deepEqual([ready['problem'], ready['problem_code']], [null, null]);
    assert.deepEqual(await greetings(ready), ['مرحبا منى', 'مرحبا علي']);
  });

  test('what separates the cells may stand above them, and what is given back runs in no spreadsheet', async () => {
    const [number] = homeNumbers(1, 7_300);
    const bytes = Buffer.from(`sep=|\r\nphone|name;nick|=x\r\n${number}|منى;م|1\r\n=1+1|@SUM(1)|-2\r\n`);
    const ready = await whenBroadcast(cloud, nile, await madeOf(bytes, {}), 'READY');
    assert.deepEqual(ready['totals'], { rows: 2, recipients: 1, duplicates: 0, bad_rows: 1, opted_out: 0 });
    assert.deepEqual(await download(ready['bad_rows_url']), [
      ['3', 'not a recipient on SMS', "'=1+1", "'@SUM(1)", "'-2"],
    ]);
  });

  test('an old workbook, or one with a password, is called that', async () => {
    const bytes = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    const failed = await whenBroadcast(cloud, nile, await madeOf(bytes, {}), 'FAILED');
    assert.equal(failed['problem_code'], 'no_workbook');
    assert.match(String(failed['problem']), /as \.xlsx, without a password/);
  });

  test('a PDF or a page is said to be neither CSV nor XLSX; a list with a bracket in its heading is one', async () => {
    const page = '<!DOCTYPE html>\r\n<html><body>الهاتف</body></html>\r\n';
    const files = [
      Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n', 'latin1'),
      Buffer.from(page),
      Buffer.from(`\ufeff${page}`, 'utf16le'),
      Buffer.from('<table border="1">\n<tr><td>phone</td></tr>\n</table>\n'),
    ];
    for (const bytes of files) {
      const failed = await whenBroadcast(cloud, nile, await madeOf(bytes, {}), 'FAILED');
      assert.equal(failed['problem_code'], 'not_a_list', bytes.toString());
      assert.match(String(failed['problem']), /neither CSV nor XLSX/);
    }
    const [number] = homeNumbers(1, 7_400);
    const list = Buffer.from(`<table>,phone\r\n7,${number}\r\n`);
    const ready = await whenBroadcast(cloud, nile, await madeOf(list, {}), 'READY');
    assert.equal((ready['totals'] as Row)['recipients'], 1);
  });

  test('an encoding that nobody knows is refused, naming it', async () => {
    const upload_id = await uploadOf(Buffer.from('to\r\n'));
    for (const encoding of ['klingon', 'replacement', '', 7]) {
      const body = { ...common, audience: { kind: 'file', upload_id, encoding } };
      const answer = await ask(cloud, nile, '/rest/v1/broadcasts', body);
      assert.deepEqual([answer.status, answer.body['details']], [400, 'audience.encoding'], JSON.stringify(encoding));
    }
    assert.ok(isEncoding('Windows-1256') && isEncoding('utf-16le'));
  });

  test('a mark says more than anybody does; without either it is UTF-8', () => {
    assert.equal(encodingOf(Buffer.from('\ufeffto'), 'windows-1256'), 'utf-8');
    assert.equal(encodingOf(Buffer.from('to'), 'cp1256'), 'windows-1256');
    assert.equal(encodingOf(Buffer.from('to'), undefined), 'utf-8');
    assert.equal(encodingOf(Buffer.alloc(0), undefined), 'utf-8');
  });
});

async function madeOf(bytes: Buffer, { encoding }: { encoding?: string | undefined }): Promise<Row> {
  const audience = { kind: 'file', upload_id: await uploadOf(bytes), ...(encoding === undefined ? {} : { encoding }) };
  return createBroadcast(cloud, nile, { ...common, audience, default_country: 'EG' });
}

function uploadOf(bytes: Buffer): Promise<string> {
  return upload(cloud, nile, { filename: 'list.txt', mime: 'text/csv', bytes });
}

async function greetings(broadcast: Row): Promise<string[]> {
  const { samples } = (await tell(cloud, nile, 'preview', broadcast)) as unknown as {
    samples: { preview: { message: string } }[];
  };
  return samples.map(({ preview }) => preview.message);
}
