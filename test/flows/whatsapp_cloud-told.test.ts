import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { customer, requestsOf, act } from '../support/phones.ts';
import { whenMessage, inboundSaying } from '../support/sends.ts';
import { cloudEnvelope, freshId, post, signCloud, cloudFrom } from '../support/webhooks.ts';
import type { Person } from '../support/webhooks.ts';

const channel = 'whatsapp_cloud';
const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const account = accountOf(nile, channel);
/** Meta tells the time in whole seconds: each message is of one of its own, so that there is an order. */
let second = Math.floor(Date.now() / 1000) - 100;

describe('What WhatsApp Cloud tells beside words', () => {
  after(() => cloud.close());

  test('who opens the chat from a product of the catalog asks about that', async () => {
    const phone = await customer(cloud, account, '+201571000001');
    const context = { from: '1', id: 'wamid.X', referred_product: { catalog_id: '1', product_retailer_id: 'tea-250' } };
    await act(cloud, account, phone, {
      type: 'raw',
      message: { type: 'text', text: { body: 'Is it there?' }, context },
    });
    const words = await inboundSaying(cloud, nile, 'Is it there?');
    const about = (await ofConversation(words)).filter(({ type }) => type === 'system');
    assert.deepEqual(
      about.map(({ event, message }) => [event, message]),
      [['referral', 'Asks about the product tea-250']],
    );
  });

  test('a file that Meta could not fetch is no message lost: the conversation says that there was one, and why', async () => {
    const phone = await customer(cloud, account, '+201571000002');
    const details = `Larger than 100 MB ${freshId()}`;
    await act(cloud, account, phone, {
      type: 'raw',
      message: {
        type: 'document',
        errors: [{ code: 131052, title: 'Media download error', error_data: { details } }],
      },
    });
    const row = await inboundSaying(cloud, nile, details);
    assert.deepEqual([row['type'], row['event']], ['unsupported', 'document']);
  });

  test('a customer without a number gives it when asked: the conversation goes on, both ways, under the number', async () => {
    const [user, phone] = [`EG.${freshId()}`, '201571000003'];
    await heard({ user }, { type: 'text', text: { body: 'Nobody knows my number' } });
    const first = await inboundSaying(cloud, nile, 'Nobody knows my number');
    const card = { origin: 'contact_request', phones: [{ phone: `+${phone}`, wa_id: phone }] };
    await heard({ user }, { type: 'contacts', contacts: [card] });
    await eventually('the number', async () => {
      const [contact] = await rows(cloud, nile, `contacts?id=eq.${String(first['contact_id'])}`);
      return JSON.stringify(contact?.['identities']).includes(phone);
    });
    const answer = { conversation_id: first['conversation_id'], message: 'To your number' };
    const sent = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', answer);
    await whenMessage(cloud, nile, sent.body['message'] as Row, ({ status }) => status !== 'PENDING');
    const asked = (await requestsOf(cloud, channel)).find(({ body }) =>
      JSON.stringify(body).includes('To your number'),
    );
    assert.deepEqual([asked?.body['to'], asked?.body['recipient']], [`+${phone}`, undefined]);
    await heard({ user, phone }, { type: 'text', text: { body: 'Got it' } });
    await eventually('one conversation', async () => {
      const [row] = await rows(cloud, nile, 'messages?message=eq.Got it');
      return row?.['conversation_id'] === first['conversation_id'];
    });
  });

  test('a template that is edited is known by its new words, and read again whole', async () => {
    await ask(cloud, nile, '/rest/v1/rpc/sync_templates', { channel_account_id: account.id });
    const template = { message_template_name: 'order_update', message_template_language: 'en_US' };
    const before = await templateOf(template, () => true);
    const element = 'Only for now, {{1}}';
    await told('message_template_components_update', { ...template, message_template_element: element });
    await templateOf(template, ({ body }) => body === element);
    await invoke(cloud, 'AccountHealth', {});
    const again = await templateOf(template, ({ body }) => body === before['body']);
    assert.deepEqual(again['buttons'], before['buttons']);
  });

  test('why a template was refused holds until it is approved', async () => {
    const template = { message_template_name: 'order_update', message_template_language: 'ar' };
    const field = 'message_template_status_update';
    await told(field, { ...template, event: 'REJECTED', reason: 'PROMOTIONAL' });
    const refused = await templateOf(template, ({ status }) => status === 'REJECTED');
    assert.equal(refused['reason'], 'PROMOTIONAL');
    await told(field, { ...template, event: 'APPROVED', reason: 'NONE' });
    const approved = await templateOf(template, ({ status }) => status === 'APPROVED');
    assert.equal(approved['reason'], null);
  });

  test('news of a WhatsApp Business account are for each of its numbers, and for none of another', async () => {
    await connect('106540359990001', account.waba_id);
    await connect('106540359990002', '106540359990003');
    const template = { message_template_name: `new_${freshId().toLowerCase()}`, message_template_language: 'en' };
    await told('message_template_status_update', { ...template, event: 'PAUSED', reason: 'NONE' });
    const path = `templates?name=eq.${template.message_template_name}`;
    await eventually('the news of both', async () => (await rows(cloud, nile, path)).length >= 2);
    await cloud.drain();
    assert.deepEqual(
      (await rows(cloud, nile, path)).map(({ status }) => status),
      ['PAUSED', 'PAUSED'],
    );
  });
});

/** A further number of a WhatsApp Business account. */
async function connect(external_id: string, waba_id: string): Promise<void> {
  const made = await ask(cloud, nile, '/rest/v1/channel_accounts', {
    channel,
    name: `Number ${external_id}`,
    external_id,
    app_id: account.app_id,
    credentials: { access_token: account.access_token, waba_id },
    probe: false,
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
}

/** Something from somebody who shows their number or hides it. */
async function heard(who: Person, message: object): Promise<void> {
  second += 1;
  assert.equal((await post(cloudFrom(account, who, message, second * 1000))).status, 200);
}

/** News of the business account. */
async function told(field: string, value: object): Promise<void> {
  const answer = await post(signCloud(account, cloudEnvelope(account, [{ field, value }])));
  assert.deepEqual(await answer.json(), { success: true, applied: 1, quarantined: 0 });
}

function templateOf(
  { message_template_name: name, message_template_language: language }: Record<string, string>,
  is: (row: Row) => boolean,
): Promise<Row> {
  const path = `templates?name=eq.${name}&language=eq.${language}&channel_account_id=eq.${account.id}`;
  return eventually(`the template ${name}`, async () => {
    const [row] = await rows(cloud, nile, path);
    return row && is(row) && row;
  });
}

function ofConversation({ conversation_id }: Row): Promise<Row[]> {
  return rows(cloud, nile, `messages?conversation_id=eq.${String(conversation_id)}`);
}
