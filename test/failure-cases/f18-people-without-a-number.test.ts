import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { cloudChange, cloudEnvelope, freshId, post, signCloud, cloudWords } from '../support/webhooks.ts';
import type { Person } from '../support/webhooks.ts';
import { inboundSaying } from '../support/sends.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, 'whatsapp_cloud');
/** Meta tells the time in whole seconds: each message is of one of its own, so that there is an order. */
let second = Math.floor(Date.now() / 1000) - 100;

suite('F18: a customer whose number is hidden', () => {
  after(() => cloud.close());

  test('first only a user id, later the number too: one contact with all of the history', async () => {
    const user = `EG.${freshId()}`;
    const phone = '201551800001';
    await write({ user }, 'Hello from nobody');
    const first = await inboundSaying(cloud, nile, 'Hello from nobody');
    await write({ user, phone }, 'Now with a number');
    const second = await inboundSaying(cloud, nile, 'Now with a number');
    const contact = await eventually('one contact of both', async () => {
      const found = await rows(cloud, nile, `contacts?phone=eq.%2B${phone}`);
      return found.length === 1 && JSON.stringify(found[0]?.['identities']).includes(user) ? found[0] : undefined;
    });
    await cloud.drain();
    const byOldId = await rows(cloud, nile, `contacts?id=eq.${String(first['contact_id'])}`);
    assert.deepEqual(
      byOldId.map((row) => row['merged_into']),
      [contact.id],
      'who asks for the old one is led to the one that stays',
    );
    const history = await rows(cloud, nile, `messages?contact_id=eq.${contact.id}&order=created_at.asc`);
    assert.deepEqual(
      history.map(({ id }) => id),
      [first.id, second.id],
    );
    const conversations = await rows(cloud, nile, `conversations?contact_id=eq.${contact.id}`);
    assert.equal(conversations.length, 2);
  });

  test('after that, one who hides the number again is the same contact and conversation', async () => {
    const user = `EG.${freshId()}`;
    const phone = '201551800002';
    await write({ user, phone }, 'Seen');
    const first = await inboundSaying(cloud, nile, 'Seen');
    await cloud.drain();
    await write({ user }, 'Hidden');
    const second = await inboundSaying(cloud, nile, 'Hidden');
    assert.equal(second['conversation_id'], first['conversation_id']);
    assert.equal(second['contact_id'], first['contact_id']);
  });

  test('a new number in place of the old one leads to the same contact', async () => {
    const user = `EG.${freshId()}`;
    const [old, fresh] = ['201551800003', '201551800004'];
    await write({ user, phone: old }, 'From the old number');
    const first = await inboundSaying(cloud, nile, 'From the old number');
    await cloud.drain();
    const body = `User A changed from ${old} to ${fresh}`;
    await deliver({
      contacts: [{ profile: { name: 'Mona' }, wa_id: fresh }],
      messages: [
        {
          from: old,
          id: `wamid.${freshId()}`,
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'system',
          system: { body, wa_id: fresh, type: 'user_changed_number' },
        },
      ],
    });
    await eventually('the new number', async () => {
      const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(first['contact_id'])}`);
      return JSON.stringify(contact?.['identities']).includes(fresh);
    });
    const sent = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
      conversation_id: first['conversation_id'],
      message: 'To the new number',
    });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    const requests = await eventually('the request', async () => {
      const response = await fetch(`${cloud.access.url}/providers/whatsapp_cloud/requests`);
      const all = (await response.json()) as { body: { to?: string; text?: { body: string } } }[];
      return all.filter(({ body }) => body?.text?.body === 'To the new number')[0];
    });
    assert.equal(requests.body.to?.replace('+', ''), fresh);
  });
});

async function write(who: Person, body: string): Promise<void> {
  assert.equal((await post(cloudWords(account, who, body, (second += 1) * 1000))).status, 200);
}

async function deliver(value: { contacts: unknown[]; messages: unknown[] }): Promise<void> {
  const answer = await post(signCloud(account, cloudEnvelope(account, [cloudChange(account, value)])));
  assert.equal(answer.status, 200);
}
