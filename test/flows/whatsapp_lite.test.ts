import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { control, eventually, rows, testCloud, rpc } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { onGateway } from '../support/gateways.ts';
import { addPhone, clearFaults, fault } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const { account: gateway, writes, received, sends, answer, shown } = onGateway(cloud, nile);

suite('WhatsApp Lite', () => {
  after(() => cloud.close());
  beforeEach(() => clearFaults(cloud, 'whatsapp_lite'));

  test('F19: a number that WhatsApp writes in another way is the one that was dialled', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+5531987654321');
    const sent = await sends('+55 (31) 98765-4321', 'Olá');
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    await writes(phone, { text: 'Oi' });
    const received1 = await received('Oi');
    assert.deepEqual(
      [received1['conversation_id'], received1['contact_id']],
      [sent['conversation_id'], sent['contact_id']],
    );
    const again = await sends('+55 31 8765-4321', 'Tudo bem?');
    assert.equal(again['conversation_id'], sent['conversation_id']);
    const landline = await sends('+553133334444', 'Landline');
    assert.notEqual(landline['contact_id'], sent['contact_id']);
    await answer(received1, 'Até logo');
    assert.equal((await shown(phone)).at(-1)?.text, 'Até logo');
  });

  test('a group is one conversation, in which each message says who wrote it', async () => {
    const [one, other] = [
      await addPhone(cloud, 'whatsapp_lite', '+201002000011'),
      await addPhone(cloud, 'whatsapp_lite', '+201002000012'),
    ];
    const group = '120363000000000001@g.us';
    await writes(one, { text: 'مرحبا بالجميع', group });
    await writes(other, { text: 'أهلا بك', group });
    const [first, second] = [await received('مرحبا بالجميع'), await received('أهلا بك')];
    assert.equal(first['conversation_id'], second['conversation_id']);
    assert.deepEqual([first['author'], second['author']], ['Customer +201002000011', 'Customer +201002000012']);
    await answer(first, 'أهلا بكم', 'SENT');
    for (const phone of [one, other])
      await eventually('both have it', async () => (await shown(phone)).at(-1)?.text === 'أهلا بكم');
    const isCalled = (name: string) =>
      eventually(name, async () => {
        const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(first['contact_id'])}`);
        return contact?.['name'] === name;
      });
    await isCalled(`Friends of ${gateway.name}`);
    await control(cloud, `whatsapp_lite/accounts/${gateway.external_id}/groups`, 'POST', {
      id: group,
      subject: 'الأصدقاء',
    });
    await isCalled('الأصدقاء');
  });

  test('a gateway that is away when a group is new is asked again for its name', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000013');
    await fault(cloud, 'whatsapp_lite', { path: '/groups/', status: 503, times: 1 });
    await writes(phone, { text: 'من هنا؟', group: '120363000000000002@g.us' });
    const first = await received('من هنا؟');
    await eventually('the name', async () => {
      const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(first['contact_id'])}`);
      return contact?.['name'] === `Friends of ${gateway.name}`;
    });
  });

  test('a customer changes a message and takes it back', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000021');
    const id = await writes(phone, { text: 'الساعة الرابعة' });
    const message = await received('الساعة الرابعة');
    await writes(phone, { body: { type: 'edit', message_id: id, text: 'الساعة *الخامسة*' } });
    const edited = await whenMessage(cloud, nile, message, (row) => row['edited_at'] !== null);
    assert.deepEqual(
      [edited['message'], edited['entities']],
      ['الساعة الخامسة', [{ type: 'bold', offset: 7, length: 7 }]],
    );
    await writes(phone, { body: { type: 'unsend', message_id: id } });
    const deleted = await whenMessage(cloud, nile, message, (row) => row['deleted_at'] !== null);
    assert.doesNotMatch(String(deleted['message']), /الخامسة/);
  });

  test('a file whose words are changed keeps the file', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000022');
    const id = await writes(phone, { body: { type: 'image', caption: 'هذه' } });
    const message = await received('هذه');
    await whenMessage(cloud, nile, message, (row) => (row['media'] as Row | null)?.['status'] === 'ready');
    await writes(phone, { body: { type: 'edit', message_id: id, text: 'هذه هي' } });
    const edited = await whenMessage(cloud, nile, message, (row) => row['edited_at'] !== null);
    assert.deepEqual(
      [edited['type'], edited['message'], (edited['media'] as Row)['status']],
      ['image', 'هذه هي', 'ready'],
    );
  });

  test('an agent changes a message and takes it back; the customer sees what is typed and read', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000031');
    await writes(phone, { text: 'هل من أحد؟' });
    const question = await received('هل من أحد؟');
    const conversation_id = question['conversation_id'];
    await eventually(
      'the conversation is there',
      async () => (await rows(cloud, nile, `conversations?id=eq.${String(conversation_id)}`))[0],
    );
    assert.equal((await rpc(cloud, nile, 'typing', { conversation_id })).status, 204);
    assert.equal((await rpc(cloud, nile, 'mark_read', { conversation_id })).status, 200);
    assert.equal((await shown(phone))[0]?.status, 'read');
    const sent = await answer(question, 'نعم');
    const edited = await rpc(cloud, nile, 'edit_message', { message_id: sent.id, message: 'نعم، تفضل' });
    assert.deepEqual([edited.status, edited.body['message']], [200, 'نعم، تفضل']);
    assert.equal((await shown(phone)).at(-1)?.text, 'نعم، تفضل');
    const deleted = await rpc(cloud, nile, 'delete_message', { message_id: sent.id });
    assert.equal(deleted.status, 200, JSON.stringify(deleted.body));
    assert.equal((await shown(phone)).length, 1);
  });

  test('a phone is unlinked and linked again by a code; what was to be sent meanwhile waits, and then goes', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000041');
    assert.equal((await rpc(cloud, nile, 'logout_channel_account', { id: gateway.id })).status, 200);
    const code = await eventually('a code is shown', async () => {
      const { body } = await rpc(cloud, nile, 'pair_channel_account', { id: gateway.id });
      return body['state'] === 'scan_qr' && body;
    });
    assert.match(String(code['qr']), /^2@/);
    assert.ok(Date.parse(String(code['expires_at'])) > Date.now());
    assert.equal((await rpc(cloud, nile, 'pair_channel_account', { id: gateway.id })).body['qr'], code['qr']);
    const waiting = await sends(phone.address, 'ينتظر');
    await eventually('the gateway refused it', async () => requestSays('ينتظر'));
    await cloud.drain();
    const [row] = await rows(cloud, nile, `messages?id=eq.${waiting.id}`);
    assert.equal(row?.['status'], 'PENDING');
    await session('pair');
    await whenMessage(cloud, nile, waiting, 'DELIVERED');
    await eventually('it is connected', async () => {
      const [account] = await rows(cloud, nile, `channel_accounts?id=eq.${gateway.id}`);
      return JSON.stringify(account).includes('"healthy"');
    });
  });

  test('F37: what came while the phone had no line arrives with its own time, once', async () => {
    const phone = await addPhone(cloud, 'whatsapp_lite', '+201002000051');
    await session('drop');
    await writes(phone, { text: 'من زمان' }, null);
    await session('restore');
    await received('من زمان');
    await session('drop');
    await session('restore');
    await cloud.drain();
    const all = await rows(cloud, nile, 'messages?channel=eq.whatsapp_lite&limit=200');
    assert.equal(all.filter((row) => row['message'] === 'من زمان').length, 1);
  });
});

async function session(verb: string): Promise<void> {
  await control(cloud, `whatsapp_lite/accounts/${encodeURIComponent(gateway.external_id)}/${verb}`, 'POST', {});
}

async function requests(): Promise<{ body: unknown; at: string }[]> {
  return (await control(cloud, 'whatsapp_lite/requests')) as { body: unknown; at: string }[];
}

async function requestSays(text: string): Promise<boolean> {
  return (await requests()).some(({ body }) => JSON.stringify(body).includes(text));
}
