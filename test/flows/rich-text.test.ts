import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { manifests } from '@parley/core/channels/manifests.ts';
import { ask, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { addPhone, requestsOf } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;

const choices = [
  { id: 'y', title: 'Yes' },
  { id: 'n', title: 'No' },
];
const list = { kind: 'list', button: 'Choose', sections: [{ title: 'When', rows: choices }] };

suite('what is written reaches each channel in its own form', () => {
  after(() => cloud.close());

  test('Markdown becomes WhatsApp’s marks there and entities in the row', async () => {
    const to = (await addPhone(cloud, 'whatsapp_lite', '+201551800001')).address;
    const message = '**Order 7** is _ready_, see [the shop](https://shop.example) for \\*more\\*';
    const row = await sent('whatsapp-lite', { to, message, format: 'markdown' });
    assert.equal(row['message'], 'Order 7 is ready, see the shop (https://shop.example) for *more*');
    assert.deepEqual(row['entities'], [
      { type: 'bold', offset: 0, length: 7 },
      { type: 'italic', offset: 11, length: 5 },
    ]);
    assert.equal(row['degraded'], 'Addresses of links written out.');
    const asked = JSON.stringify(await requestsOf(cloud, 'whatsapp_lite'));
    assert.match(asked, /\*Order 7\* is _ready_, see the shop \(https:\/\/shop\.example\) for \*\u200bmore\*/);
  });

  test('a text that nobody called Markdown goes as it is written', async () => {
    const to = (await addPhone(cloud, 'sms', '+201000800001')).address;
    const row = await sent('sms', { to, message: '**Order** [x](https://a.example)' });
    assert.equal(row['message'], '**Order** [x](https://a.example)');
    assert.deepEqual([row['entities'], row['degraded']], [null, null]);
  });

  test('formatting goes where there is none, and no link with it', async () => {
    const to = (await addPhone(cloud, 'sms', '+201000800002')).address;
    const row = await sent('sms', { to, message: '**Track** it [here](https://a.example/1)', format: 'markdown' });
    assert.equal(row['message'], 'Track it here (https://a.example/1)');
    assert.match(String(row['degraded']), /Formatting left out: bold/);
  });

  test('a list goes as numbered text by SMS, and says so', async () => {
    const to = (await addPhone(cloud, 'sms', '+201000800003')).address;
    const row = await sent('sms', { to, message: 'Deliver today?', interactive: list });
    assert.deepEqual(
      [row['type'], row['message'], row['interactive'], row['degraded']],
      ['text', 'Deliver today?\n\nWhen\n1. Yes\n2. No', null, 'Sent as numbered text: SMS has no list rows.'],
    );
    await whenMessage(cloud, nile, row, 'DELIVERED');
  });

  test('a place goes as a link to a map', async () => {
    const to = (await addPhone(cloud, 'sms', '+201000800004')).address;
    const row = await sent('sms', { to, location: { latitude: 30.04, longitude: 31.23, name: 'Shop' } });
    assert.equal(row['message'], 'Shop\nhttps://maps.google.com/?q=30.04,31.23');
  });

  test('who wants it as it is or not at all is told why not', async () => {
    const to = '+201000800005';
    const refused = await send('sms', { to, message: 'Deliver today?', interactive: list, degrade: false });
    assert.deepEqual([refused.status, refused.body['code']], [422, 'would_degrade']);
    assert.equal(refused.body['details'], 'interactive');
    assert.match(String(refused.body['hint']), /SMS has no list rows/);
    const formatted = await send('sms', { to, message: '**Hi**', format: 'markdown', degrade: false });
    assert.deepEqual([formatted.status, formatted.body['details']], [422, 'message']);
    assert.equal((await send('sms', { to, message: 'Hi', degrade: false })).status, 200);
  });

  test('what is too long only in its other form says what form that is', async () => {
    const rowsOf = Array.from({ length: 60 }, (_, index) => ({ id: `${index}`, title: 'x'.repeat(30) }));
    const interactive = { ...list, sections: [{ rows: rowsOf }] };
    const refused = await send('sms', { to: '+201000800006', message: 'Which?', interactive });
    assert.deepEqual([refused.status, refused.body['code']], [422, 'too_long']);
    assert.match(String(refused.body['hint']), /numbered text: SMS has no list rows/);
  });

  test('formatting is given once, and within reason', async () => {
    const to = '+201000800007';
    const twice = { to, message: '**a**', format: 'markdown', entities: [] };
    assert.equal((await send('sms', twice)).body['code'], 'contradiction');
    const many = { to, message: '**a** '.repeat(101), format: 'markdown' };
    assert.equal((await send('sms', many)).body['code'], 'too_many');
    assert.match(String((await send('sms', { to, message: 'a', format: 'html' })).body['error']), /'format'.*markdown/);
    assert.match(String((await send('sms', { to, message: 'a', degrade: 'no' })).body['error']), /'degrade'.*true or/);
  });

  test('what each channel can do is a table that anyone may read and filter', async () => {
    const all = await rows(cloud, nile, 'channels');
    assert.deepEqual(
      all.map(({ name }) => name),
      manifests.map(({ name }) => name).toSorted(),
    );
    const [sms] = await rows(cloud, nile, 'channels?name=eq.sms&select=label,text,inbox,media,ways->list');
    assert.deepEqual(sms, {
      label: 'SMS',
      text: { max: 1600, unit: 'utf16' },
      inbox: false,
      media: {},
      list: 'numbered_text',
    });
    const able = await rows(cloud, nile, 'channels?location=is.true&formatting=cs.{bold}&select=name&order=name.desc');
    assert.deepEqual(able, [{ name: 'whatsapp_lite' }, { name: 'whatsapp_cloud' }, { name: 'telegram' }]);
    const written = await ask(cloud, nile, '/rest/v1/channels?name=eq.sms', { label: 'x' }, { method: 'PATCH' });
    assert.equal(written.status, 405);
  });
});

async function send(channel: string, body: object): Promise<Answer> {
  return ask(cloud, nile, `/functions/v1/${channel}-send`, body);
}

async function sent(channel: string, body: object): Promise<Row> {
  const answer = await send(channel, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return whenMessage(cloud, nile, answer.body['message'] as Row, ({ status }) => status !== 'PENDING');
}
