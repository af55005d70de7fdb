import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { listen } from '../support/live.ts';
import { cloudChange, cloudEnvelope, cloudText, freshId, post, signCloud } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
/** When every message here was written; what becomes of it is timed from then, however long it takes. */
const began = Date.now() - 60_000;

suite('F32: what a customer changes or takes back', () => {
  after(() => cloud.close());

  test('an edit changes the words and the preview, and is told live', async () => {
    const from = '201553200001';
    const id = `wamid.${freshId()}`;
    await write(from, id, 'At four');
    const before = await messageOf(id);
    const live = await listen(cloud, { apikey: nile.api_key });
    await revise(from, { type: 'edit', edit: { original_message_id: id, message: text('At five') } });
    const edited = await eventually('the edit', async () => {
      const row = await messageOf(id);
      return row?.['message'] === 'At five' && row;
    });
    assert.equal(edited.id, before?.id);
    assert.ok(edited['edited_at']);
    assert.equal(edited['deleted_at'], null);
    await eventually('the frame', () => live.rows('message.updated', edited.id)[0]);
    await eventually('the preview', async () => (await conversationOf(edited))?.['last_message_preview'] === 'At five');
  });

  test('what is taken back is gone from the message, its list and its preview; the sign that it was there stays', async () => {
    const from = '201553200002';
    const id = `wamid.${freshId()}`;
    await write(from, id, 'A secret');
    const before = await messageOf(id);
    await revise(from, { type: 'revoke', revoke: { original_message_id: id } });
    const deleted = await eventually('the deletion', async () => {
      const row = await messageOf(id);
      return row?.['deleted_at'] ? row : undefined;
    });
    assert.equal(deleted.id, before?.id);
    assert.ok(!JSON.stringify(deleted).includes('secret'));
    const listed = await eventually('the preview', async () => {
      const row = await conversationOf(deleted);
      return row?.['last_message_preview'] === '' && row;
    });
    assert.deepEqual(
      [listed['last_message_type'], listed['last_message_event'], listed['last_message_direction']],
      ['system', 'deleted', 'INBOUND'],
    );
  });

  test('one that overtakes its message still holds', async () => {
    const from = '201553200003';
    const id = `wamid.${freshId()}`;
    await revise(from, { type: 'revoke', revoke: { original_message_id: id } });
    await write(from, id, 'Too late to read');
    await eventually('the deletion', async () => {
      const row = await messageOf(id);
      return row?.['deleted_at'] && !JSON.stringify(row).includes('Too late');
    });
  });

  test('an edit that comes late, or again, changes nothing; and nothing comes back that was taken back', async () => {
    const from = '201553200004';
    const id = `wamid.${freshId()}`;
    await write(from, id, 'One');
    const edit = (words: string) => ({ type: 'edit', edit: { original_message_id: id, message: text(words) } });
    await revise(from, edit('Three'), 3000);
    await revise(from, edit('Two'), 2000);
    await cloud.drain();
    assert.equal((await messageOf(id))?.['message'], 'Three');
    await revise(from, { type: 'revoke', revoke: { original_message_id: id } }, 4000);
    await revise(from, edit('Four'), 5000);
    await cloud.drain();
    const row = await messageOf(id);
    assert.ok(row?.['deleted_at']);
    assert.notEqual(row?.['message'], 'Four');
  });

  test('a change of a message that never was is answered 200 and makes nothing', async () => {
    const from = '201553200005';
    const answer = await revise(from, { type: 'revoke', revoke: { original_message_id: 'wamid.NEVER' } });
    assert.equal(answer, 200);
    await cloud.drain();
    assert.deepEqual(await rows(cloud, nile, `contacts?phone=eq.%2B${from}`), []);
  });
});

function text(body: string) {
  return { type: 'text', text: { body } };
}

async function write(from: string, id: string, words: string): Promise<void> {
  const { contact, message } = cloudText(from, words, { id, at: began });
  await post(
    signCloud(account, cloudEnvelope(account, [cloudChange(account, { contacts: [contact], messages: [message] })])),
  );
  await eventually('the message', () => messageOf(id));
}

/** `after`: ms after the message. */
async function revise(from: string, what: object, after = 1000): Promise<number> {
  const { contact, message } = cloudText(from, '', { id: `wamid.${freshId()}`, at: began + after });
  const { text: _, ...rest } = message;
  const value = { contacts: [contact], messages: [{ ...rest, ...what }] };
  return (await post(signCloud(account, cloudEnvelope(account, [cloudChange(account, value)])))).status;
}

async function messageOf(id: string): Promise<Row | undefined> {
  return (await rows(cloud, nile, `messages?provider_message_id=eq.${id}`))[0];
}

async function conversationOf(message: Row): Promise<Row | undefined> {
  return (await rows(cloud, nile, `conversations?id=eq.${String(message['conversation_id'])}`))[0];
}
