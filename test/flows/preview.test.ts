import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { customer, requestsOf } from '../support/phones.ts';
import { lastWrote } from '../support/table.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const cloudAccount = accountOf(nile, 'whatsapp_cloud');

suite('what a message would come to on each channel', () => {
  after(() => cloud.close());

  test('the words as each channel writes them, their length and its limit', async () => {
    const shown = await preview({
      message: 'Hi **{{first_name|there}}**, [shop](https://a.example/)',
      format: 'markdown',
      variables: {},
    });
    const on = (channel: string) => shown.find((row) => row['channel'] === channel) as Row;
    assert.equal(shown.length, 9);
    assert.deepEqual(pick(on('telegram'), 'ok', 'message', 'length', 'max_length', 'length_unit'), {
      ok: true,
      message: 'Hi there, shop',
      length: 14,
      max_length: 4096,
      length_unit: 'utf16',
    });
    assert.match(String(on('whatsapp_lite')['message']), /^Hi \*there\*, shop/);
    assert.match(String(on('whatsapp_cloud')['message']), /^Hi \*there\*, shop.*https:\/\/a\.example\//);
    assert.match(String(on('sms')['message']), /^Hi there, shop \(?https/);
    assert.deepEqual(pick(on('sms'), 'segments', 'encoding', 'max_length'), {
      segments: 1,
      encoding: 'GSM-7',
      max_length: 1600,
    });
    assert.match(String(on('sms')['degraded']), /Formatting left out: bold/);
    assert.equal(on('telegram')['segments'], null);
    assert.ok((on('email')['email'] as Row)['subject']);
  });

  test('SMS in Arabic is counted in its own way', async () => {
    const [sms] = await preview({ channels: ['sms'], message: 'م'.repeat(71) });
    assert.deepEqual(pick(sms ?? {}, 'length', 'segments', 'encoding'), { length: 71, segments: 2, encoding: 'UCS-2' });
  });

  test('what a channel would refuse, and why', async () => {
    const [sms, telegram] = await preview({ channels: ['sms', 'telegram'], message: 'x'.repeat(1700) });
    assert.equal(problemOf(sms)['code'], 'too_long');
    assert.match(String(problemOf(sms)['message']), /1700/);
    assert.deepEqual([sms?.['ok'], telegram?.['ok'], telegram?.['problem']], [false, true, null]);
    const [missing] = await preview({ channels: ['telegram'], message: '{{first_name}}', variables: {} });
    assert.equal(problemOf(missing)['message'], `'variables.first_name' has no value`);
    const [foreign] = await preview({ channels: ['telegram'], phone_number: 'x y', message: 'a' });
    assert.equal(problemOf(foreign)['details'], 'phone_number');
  });

  test('for someone in particular their own values count, and a closed window is told of', async () => {
    const phone = await customer(cloud, cloudAccount, '+201541000001');
    await cloud.drain();
    const [contact] = await rows(cloud, nile, `contacts?phone=eq.${encodeURIComponent(phone.address)}`);
    const to = { channels: ['whatsapp_cloud'], message: 'Hi {{phone}}', variables: {} };
    const [open] = await preview({ ...to, contact_id: contact?.id });
    assert.deepEqual(pick(open ?? {}, 'message', 'warnings'), { message: `Hi ${phone.address}`, warnings: [] });
    const path = `conversations?contact_id=eq.${contact?.id}`;
    const conversation = await eventually('the conversation', async () => (await rows(cloud, nile, path))[0]);
    await lastWrote(cloud, conversation, Date.now() - 25 * 3_600_000);
    const [closed] = await preview({ ...to, contact_id: contact?.id });
    assert.equal(problemOf(closed)['code'], 'window_closed');
    const [held] = await preview({ ...to, contact_id: contact?.id, on_window_closed: 'hold' });
    assert.deepEqual(
      [held?.['ok'], (held as Row & { warnings: Row[] }).warnings[0]?.['code']],
      [true, 'window_closed'],
    );
    const template = { name: 'hello_world', language: 'en_US' };
    const [all] = await preview({ channels: ['whatsapp_cloud'], contact_id: contact?.id, template });
    assert.deepEqual([all?.['ok'], all?.['warnings']], [true, []]);
  });

  test('a template of WhatsApp is shown with its values', async () => {
    await ask(cloud, nile, '/rest/v1/rpc/sync_templates', { channel_account_id: cloudAccount.id });
    const template = { name: 'order_update', language: 'en_US', parameters: ['Mona'] };
    const [short] = await preview({ channels: ['whatsapp_cloud'], template });
    assert.match(String(problemOf(short)['message']), /'template\.parameters': has 1 values/);
    const [shown] = await preview({
      channels: ['whatsapp_cloud'],
      template: { ...template, parameters: ['Mona', '{{order}}'] },
      variables: { order: '12' },
    });
    assert.equal(shown?.['message'], 'Hi Mona, your order 12 is on its way.');
  });

  test('nothing is stored, and no provider is asked', async () => {
    const before = (await rows(cloud, nile, 'messages')).length;
    await preview({ message: 'a', to: '+201541000003' });
    await preview({
      channels: ['email'],
      html: '<p>Hi</p>',
      subject: 'Hi',
      attachments: [{ url: 'https://a.example/a.pdf' }],
    });
    await cloud.drain();
    assert.equal((await rows(cloud, nile, 'messages')).length, before);
    const sends = (await requestsOf(cloud, 'whatsapp_cloud')).filter(({ path }) => path.endsWith('/messages'));
    assert.deepEqual(sends, []);
  });

  test('what is no preview is refused', async () => {
    for (const [body, details] of [
      [{ channels: ['fax'], message: 'a' }, 'channels'],
      [{ channels: [], message: 'a' }, 'channels'],
      [{ message: 'a', to: ['1', '2'] }, 'to'],
      [{}, 'message'],
    ] as const) {
      const answer = await ask(cloud, nile, '/rest/v1/rpc/preview_message', body);
      assert.deepEqual([answer.status, answer.body['details']], [400, details]);
    }
  });
});

async function preview(body: object): Promise<Row[]> {
  const answer = await ask(cloud, nile, '/rest/v1/rpc/preview_message', body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body as unknown as Row[];
}

function problemOf(row: Row | undefined): Row {
  return row?.['problem'] as Row;
}

function pick(row: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
