import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { addPhone, requestsOf, thread, write } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');

/** [channel, every way a caller may write one number] */
const spellings: [channel: string, ways: string[]][] = [
  ['whatsapp_cloud', ['+201511900001', '201511900001', '00201511900001', '01511900001', '٠١٥١ ١٩٠ ٠٠٠١']],
  ['whatsapp_lite', ['+201511900002', '01511900002', '+20 (0)1511900002', '201511900002@c.us']],
  ['sms', ['+201511900003', '٠١٥١١٩٠٠٠٠٣', '0020 151 190 0003', '201511900003']],
  ['sms', ['+5511987650004', '551187650004', '+55 11 8765-0004']],
];

suite('F19: the spellings of a number are one customer', () => {
  after(() => cloud.close());

  for (const [channel, ways] of spellings) {
    test(`${channel}: sends to ${ways.join(', ')} go into one conversation`, async () => {
      const sent = await Promise.all(
        ways.map((to) => ask(cloud, nile, `/functions/v1/${channel}-send`, { to, message: 'Your order' })),
      );
      assert.deepEqual(
        sent.map(({ status }) => status),
        ways.map(() => 200),
      );
      assert.equal(new Set(sent.map(({ body }) => body['conversationId'])).size, 1);
      assert.equal(new Set(sent.map(({ body }) => body['contactId'])).size, 1);
    });
  }

  test('a customer whom WhatsApp knows without the ninth digit is found by the number that people dial, and answered', async () => {
    const phone = await addPhone(cloud, 'whatsapp_cloud', '+551187650005');
    await write(cloud, account, phone, 'Oi');
    await cloud.drain();
    const sent = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: '+55 11 98765-0005', message: 'Olá' });
    const row = await whenMessage(cloud, nile, sent, 'DELIVERED');
    const all = await rows(cloud, nile, `messages?conversation_id=eq.${String(row['conversation_id'])}`);
    assert.deepEqual(new Set(all.map(({ message }) => message)), new Set(['Oi', 'Olá']));
    const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(row['contact_id'])}`);
    assert.equal(contact?.['phone'], '+5511987650005');
    const { conversation_id } = row;
    const again = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
      conversation_id,
      message: 'Tudo bem?',
    });
    await whenMessage(cloud, nile, again.body['message'] as Row, 'DELIVERED');
    assert.equal((await requestsOf(cloud, 'whatsapp_cloud')).at(-1)?.body['to'], '+551187650005');
    assert.equal((await thread(cloud, account, phone)).length, 3);
  });

  test('a number of which nobody can tell the country is refused', async () => {
    for (const channel of ['whatsapp_cloud', 'whatsapp_lite', 'sms']) {
      const answer = await ask(cloud, nile, `/functions/v1/${channel}-send`, { to: '0501234567', message: 'Hi' });
      assert.deepEqual([answer.status, answer.body['code']], [422, 'invalid_recipient']);
    }
  });
});
