import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Answer, Organization, Row } from '../support/cloud.ts';
import { receivers } from '../support/broadcasts.ts';
import { customer } from '../support/phones.ts';
import { freshId, post, cloudWords } from '../support/webhooks.ts';
import { conversationWith } from '../support/conversations.ts';
import type { Person } from '../support/webhooks.ts';
import { inboundSaying } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const lite = accountOf(nile, 'whatsapp_lite');
const meta = accountOf(nile, 'whatsapp_cloud');

suite('whom a send is for', () => {
  after(() => cloud.close());

  test('who is in a list of recipients twice, however written, gets one message and a row for each', async () => {
    const to = [
      '+201563000001',
      '00201563000001',
      '٠٠٢٠١٥٦٣٠٠٠٠٠١',
      '+20 156 300 0001',
      '01563000001',
      '+201563000002',
    ];
    const answer = await send('sms', { to: [...to, 'abc', 'abc'], message: 'Named often' });
    const results = answer.body['results'] as (Row & { to: string; success: boolean })[];
    assert.deepEqual(
      results.map((row) => [row.to, row.success]),
      [...to.map((each) => [each, true]), ['abc', false], ['abc', false]],
    );
    assert.equal(new Set(results.slice(0, 6).map((row) => (row['message'] as Row).id)).size, 2);
    await cloud.drain();
    const asked = await receivers(cloud, 'Named often');
    assert.deepEqual(asked.toSorted(), ['201563000001', '201563000002']);
    const daily = { recurrence: { every: 'day', at: '09:00', timezone: 'Africa/Cairo' } };
    const again = await send('sms', { to: to.slice(0, 2), message: 'Daily', ...daily });
    const series = (again.body['results'] as Row[]).map((row) => (row['series'] as Row).id);
    assert.equal(new Set(series).size, 1);
  });

  test('a contact and the conversation of another are a contradiction, and nobody is written to', async () => {
    const [mine, other] = await Promise.all(['+201563000011', '+201563000012'].map(conversationAt));
    const { id: conversation_id, contact_id } = mine as Row;
    const both = await send('whatsapp-lite', { conversation_id, contact_id: other?.['contact_id'], message: 'Whose?' });
    assert.deepEqual([both.status, both.body['code'], both.body['details']], [400, 'contradiction', 'contact_id']);
    assert.match(String(both.body['message']), /'contact_id' and 'conversation_id'/);
    const agreeing = await send('whatsapp-lite', { conversation_id, contact_id, message: 'Yours' });
    assert.equal(agreeing.status, 200, JSON.stringify(agreeing.body));
  });

  test('a contact that became another is that one, beside an address and a conversation too', async () => {
    const user = `EG.${freshId()}`;
    const phone = '201563000021';
    await write({ user }, 'Before the number');
    const first = await inboundSaying(cloud, nile, 'Before the number');
    await write({ user, phone }, 'With the number');
    await eventually('one contact of both', async () => {
      const [row] = await rows(cloud, nile, `contacts?id=eq.${String(first['contact_id'])}`);
      return row?.['merged_into'];
    });
    const { conversation_id } = await inboundSaying(cloud, nile, 'With the number');
    const { contact_id } = first;
    for (const whom of [{ contact_id }, { contact_id, to: `+${phone}` }, { contact_id, conversation_id }]) {
      const answer = await send('whatsapp-cloud', { ...whom, message: 'Found' });
      assert.equal(answer.status, 200, `${JSON.stringify(whom)}: ${JSON.stringify(answer.body)}`);
    }
  });

  test('an answer to a message that there is not is refused, and not sent as if it were none', async () => {
    const { id: conversation_id } = await conversationAt('+201563000031');
    const nobodys = `msg_01a2051d-9cce-7572-9abd-e68f6f69fb3a_${conversation_id.slice('conv_'.length)}`;
    const answer = await send('whatsapp-lite', { conversation_id, message: 'As you said', reply_to: nobodys });
    assert.deepEqual([answer.status, answer.body['code'], answer.body['details']], [422, 'invalid_reply', 'reply_to']);
  });
});

function send(channel: string, body: object): Promise<Answer> {
  return ask(cloud, nile, `/functions/v1/${channel}-send`, body);
}

/** The conversation of someone who has just written. */
async function conversationAt(address: string): Promise<Row> {
  return conversationWith(cloud, nile, await customer(cloud, lite, address), lite);
}

/** As Meta tells it: with the number, or without. */
async function write(who: Person, body: string): Promise<void> {
  assert.equal((await post(cloudWords(meta, who, body))).status, 200);
}
