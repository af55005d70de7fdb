import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import {
  counted,
  createBroadcast,
  download,
  homeNumbers,
  isOver,
  messagesOf,
  progressOf,
  receivers,
  tell,
  upload,
  uploadCsv,
  whenBroadcast,
} from '../support/broadcasts.ts';
import { listen } from '../support/live.ts';
import { requestsOf } from '../support/phones.ts';
import { workbook } from '../support/workbook.ts';
import type { Cell } from '../support/workbook.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const sms = accountOf(nile, 'sms');
const common = { channel: 'sms', channel_account_id: sms.id };

/** What a broadcast's counts are before there is anything to count. */
const none = { waiting: 0, pending: 0, sent: 0, delivered: 0, read: 0, failed: 0, unknown: 0, skipped: 0 };

suite('broadcasts', () => {
  after(() => cloud.close());

  test('ten rows of a list: each gets one message of their own, and the counts are those of the rows', async () => {
    const live = await listen(cloud, { apikey: nile.api_key });
    const lines = homeNumbers(10, 100).map((number, index) => `${number},منى ${index},Cairo`);
    const upload_id = await uploadCsv(cloud, nile, `\ufeffالهاتف,الاسم,المدينة\r\n${lines.join('\r\n')}\r\n`);
    const made = await createBroadcast(cloud, nile, {
      ...common,
      name: 'Ten',
      content: { message: 'Hello {{name}} in {{المدينة}}, {{gift|a coffee}}!' },
      audience: { kind: 'file', upload_id },
      default_country: 'EG',
    });
    assert.equal(made['status'], 'IMPORTING');
    const ready = await whenBroadcast(cloud, nile, made, 'READY');
    assert.deepEqual(ready['totals'], { rows: 10, recipients: 10, duplicates: 0, bad_rows: 0, opted_out: 0 });
    assert.equal(progressOf(ready).waiting, 10);
    await tell(cloud, nile, 'start', made);
    const done = await whenBroadcast(cloud, nile, made, isOver);
    assert.deepEqual(countsOf(done), { ...none, delivered: 10 });
    const messages = await messagesOf(cloud, nile, made);
    assert.deepEqual(
      messages.map(({ message }) => String(message)).toSorted(),
      Array.from({ length: 10 }, (_, index) => `Hello منى ${index} in Cairo, a coffee!`),
    );
    assert.ok(messages.every((message) => message['broadcast_id'] === made.id));
    const asked = (await requestsOf(cloud, 'sms')).filter(({ body }) =>
      String(body['SMSText']).startsWith('Hello منى'),
    );
    assert.equal(asked.length, 10);
    await eventually('clients are told', () =>
      live.rows('broadcast.updated').some(({ id, status }) => id === made.id && status === 'COMPLETED'),
    );
    const changes = (await ask(cloud, nile, '/rest/v1/changes?seq=gt.0&limit=1000')).body as unknown as Feed;
    const named = changes.flatMap(({ changes: each }) => each).filter(({ type }) => type === 'broadcast.updated');
    assert.ok(named.some(({ broadcast_id }) => broadcast_id === made.id));
  });

  test('a workbook of 300: bad rows are given back, who is named twice gets one, who asked for no more gets none', async () => {
    const good = homeNumbers(296, 1001);
    const gone = String(good[7]);
    await optOut(gone);
    const header = ['Mobile', 'Name', 'City', 'Joined', 'Order no.'];
    const cells = good.map((number, index): Cell[] => [
      // as people type them: at home, with Arabic digits, as a number, with spaces
      [number, arabic(number), Number(number), `+20 ${number.slice(1, 4)} ${number.slice(4)}`][index % 4] ?? null,
      `عميل ${index}`,
      index % 2 === 0 ? 'Cairo' : null,
      { days: 45_292 + index },
      1_000 + index,
    ]);
    const more: Cell[][] = [
      ['no number', 'A'],
      [null, 'B'],
      [],
      [good[0] ?? '', 'Again'],
      ['12', 'Too short'],
      [`002${String(good[1])}`, 'Again'],
    ];
    const bytes = await workbook([header, ...cells, ...more]);
    const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const upload_id = await upload(cloud, nile, { filename: 'list.xlsx', mime, bytes });
    const made = await createBroadcast(cloud, nile, {
      ...common,
      content: { message: 'Order {{no}} of {{Joined}}, {{city_of_birth|dear}} {{name}}' },
      audience: { kind: 'file', upload_id, mapping: { 'order no.': 'no' } },
      default_country: 'EG',
      price: { amount: 0.25, currency: 'EGP' },
    });
    const ready = await whenBroadcast(cloud, nile, made, 'READY');
    assert.deepEqual(ready['totals'], { rows: 301, recipients: 296, duplicates: 2, bad_rows: 3, opted_out: 1 });
    const bad = await download(ready['bad_rows_url']);
    assert.deepEqual(
      bad.map(([row, reason]) => [row, reason]),
      [
        ['298', 'not a recipient on SMS'],
        ['299', 'no recipient'],
        ['302', 'not a recipient on SMS'],
      ],
    );
    const preview = await tell(cloud, nile, 'preview', made);
    assert.deepEqual(preview['segments'], { least: 1, most: 1, average: 1 });
    assert.deepEqual([preview['sampled'], preview['refused']], [200, 1]);
    assert.deepEqual(preview['cost'], { amount: Math.round(296 * (199 / 200) * 25) / 100, currency: 'EGP' });
    const [first] = preview['samples'] as { to: string; preview: { message: string } }[];
    assert.deepEqual([first?.to, first?.preview.message], [`+2${good[0]}`, 'Order 1000 of 2024-01-01, dear عميل 0']);
    await tell(cloud, nile, 'start', made);
    const done = await whenBroadcast(cloud, nile, made, isOver);
    assert.deepEqual(countsOf(done), { ...none, delivered: 295, skipped: 1 });
    assert.equal(new Set(await receivers(cloud, 'Order ')).size, 295);
    assert.equal((await receivers(cloud, 'Order ')).length, 295);
    await tell(cloud, nile, 'export', made);
    const exported = await whenBroadcast(cloud, nile, made, ({ export: file }) => (file as Row)['status'] === 'ready');
    const result = await download((exported['export'] as Row)['url']);
    assert.deepEqual(counted(result.map(([, , status]) => String(status))), { DELIVERED: 295, SKIPPED: 1 });
    assert.deepEqual(
      result.filter(([, , status]) => status === 'SKIPPED').map(([to, , , code]) => [to, code]),
      [[`+2${gone}`, 'opted_out']],
    );
    assert.ok(result.every((line) => line.length === 11));
  });

  test('contacts, by their ids and by a filter: each with what is known of them', async () => {
    const contacts = await rows(cloud, nile, `contacts?phone=like.*201002001*&order=id.asc&limit=1000`);
    const [one, two] = contacts as [Row, Row];
    const contact_ids = [one.id, two.id, one.id, 'con_nobody'];
    const named = await createBroadcast(cloud, nile, {
      ...common,
      content: { message: 'Dear {{name}}' },
      audience: { kind: 'contacts', contact_ids },
    });
    const ready = await whenBroadcast(cloud, nile, named, 'READY');
    assert.deepEqual(ready['totals'], { rows: 4, recipients: 2, duplicates: 1, bad_rows: 1, opted_out: 0 });
    const preview = await tell(cloud, nile, 'preview', named);
    const words = (preview['samples'] as { preview: { message: string } }[]).map((each) => each.preview.message);
    assert.deepEqual(words, [`Dear ${String(one['name'])}`, `Dear ${String(two['name'])}`]);
    const filter = `phone=in.(${[one, two].map((each) => encodeURIComponent(String(each['phone']))).join(',')})`;
    const found = await createBroadcast(cloud, nile, {
      ...common,
      content: { message: 'Hi' },
      audience: { kind: 'filter', filter },
    });
    const both = await whenBroadcast(cloud, nile, found, 'READY');
    assert.equal((both['totals'] as Row)['recipients'], 2);
  });

  test('what is wrong is refused, naming the field', async () => {
    const content = { message: 'Hi' };
    const audience = { kind: 'filter', filter: '' };
    const twoColumns = { kind: 'file', mapping: { phone: 'to', mobile: 'to' } };
    for (const [body, status, field] of [
      [{ content, audience }, 400, 'channel'],
      [{ ...common, channel: 'pigeon', content, audience }, 422, 'channel'],
      [{ ...common, channel_account_id: 'acc_none', content, audience }, 404, 'channel_account_id'],
      [{ ...common, audience }, 400, 'content'],
      [{ ...common, content: { message: 'Hi', to: '+201000000001' }, audience }, 400, 'content.to'],
      [{ ...common, content: { massage: 'Hi' }, audience }, 400, 'content.massage'],
      [{ ...common, content: {}, audience }, 400, 'content.message'],
      [{ ...common, content, audience: { kind: 'all' } }, 400, 'audience.kind'],
      [{ ...common, content, audience: { kind: 'filter', filter: 'colour=eq.red' } }, 400, 'audience.filter'],
      [{ ...common, content, audience: { kind: 'file', upload_id: 'upl_none' } }, 404, 'audience.upload_id'],
      [{ ...common, content, audience: { ...twoColumns, upload_id: 'upl_none' } }, 400, 'audience.mapping'],
      [{ ...common, content, audience, default_country: 'Egypt' }, 400, 'default_country'],
      [{ ...common, content, audience, price: { amount: -1, currency: 'EGP' } }, 400, 'price.amount'],
      [{ ...common, content, audience, scheduled_at: '2020-01-01T00:00:00Z' }, 422, 'scheduled_at'],
    ] as const) {
      const answer = await ask(cloud, nile, '/rest/v1/broadcasts', body);
      const said = JSON.stringify(answer.body);
      assert.deepEqual([answer.status, answer.body['details']], [status, field], said);
    }
    const unreadable = await createBroadcast(cloud, nile, {
      ...common,
      content,
      audience: { kind: 'file', upload_id: await uploadCsv(cloud, nile, 'colour,size\nred,1\n') },
    });
    const failed = await whenBroadcast(cloud, nile, unreadable, 'FAILED');
    assert.match(String(failed['problem']), /No column of the list is known to hold the recipients/);
    const path = `/rest/v1/broadcasts?id=eq.${unreadable.id}`;
    const upload_id = await uploadCsv(cloud, nile, 'colour,size\n+201002006001,1\n');
    const mended = { audience: { kind: 'file', upload_id, mapping: { colour: 'to' } } };
    assert.equal((await ask(cloud, nile, path, mended, { method: 'PATCH' })).status, 204);
    await whenBroadcast(cloud, nile, unreadable, 'READY');
  });

  test('with another country for its numbers, its list is read anew', async () => {
    const upload_id = await uploadCsv(cloud, nile, 'to\n01002006003\n+201002006004\n');
    const body = { ...common, content: { message: 'Hi' }, audience: { kind: 'file', upload_id } };
    const made = await createBroadcast(cloud, nile, body);
    assert.equal(recipientsOf(await whenBroadcast(cloud, nile, made, 'READY')), 1);
    const path = `/rest/v1/broadcasts?id=eq.${made.id}`;
    assert.equal((await ask(cloud, nile, path, { default_country: 'EG' }, { method: 'PATCH' })).status, 204);
    await whenBroadcast(cloud, nile, made, (row) => row['status'] === 'READY' && recipientsOf(row) === 2);
  });

  test('a value that nobody gave stops the start, and where only some lack it, them', async () => {
    const upload_id = await uploadCsv(cloud, nile, 'to,gift\n+201002007001,tea\n+201002007002,\n');
    const body = { ...common, content: { message: 'A {{gift}} from {{shop}}' }, audience: { kind: 'file', upload_id } };
    const made = await createBroadcast(cloud, nile, body);
    await whenBroadcast(cloud, nile, made, 'READY');
    const refused = await ask(cloud, nile, '/rest/v1/rpc/start_broadcast', { id: made.id });
    assert.deepEqual([refused.status, refused.body['code']], [422, 'missing_variable']);
    const content = { message: 'A {{gift}} from us' };
    await ask(cloud, nile, `/rest/v1/broadcasts?id=eq.${made.id}`, { content }, { method: 'PATCH' });
    await tell(cloud, nile, 'start', made);
    const done = await whenBroadcast(cloud, nile, made, isOver);
    assert.deepEqual([progressOf(done).delivered, progressOf(done).skipped], [1, 1]);
  });
});

function recipientsOf(row: Row): unknown {
  return (row['totals'] as Row)['recipients'];
}

type Feed = { changes: { type: string; broadcast_id?: string }[] }[];

function countsOf(row: Row): object {
  const { per_minute: _, seconds_left: __, ...counts } = progressOf(row);
  return counts;
}

async function optOut(number: string): Promise<void> {
  await ask(cloud, nile, '/functions/v1/sms-send', { to: `+2${number}`, message: 'First', channel_account_id: sms.id });
  const contact = await eventually(
    'a contact',
    async () => (await rows(cloud, nile, `contacts?phone=eq.%2B2${number}`))[0],
  );
  const answer = await ask(cloud, nile, '/rest/v1/rpc/opt_out', { contact_id: contact.id, channel: 'sms' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}

function arabic(number: string): string {
  return number.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
}
