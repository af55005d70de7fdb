import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { answerAtLast, clearFaults, customer, fault, HELD_MS, requestsOf, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { post } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const meta = accountOf(nile, 'whatsapp_cloud');
const lite = accountOf(nile, 'whatsapp_lite');
const gateway = nile.channel_accounts.find(
  (one) => one.channel === 'whatsapp_lite' && one.kind === 'gateway',
) as Account;

suite('F07 and F22: the provider is quicker than its own answer', () => {
  after(() => cloud.close());
  beforeEach(async () => {
    for (const channel of ['whatsapp_cloud', 'whatsapp_lite'] as const) await clearFaults(cloud, channel);
  });

  test('F07 whatsapp_cloud: statuses before the answer find the message by our reference', async () => {
    const phone = await customer(cloud, meta, '+201550700001');
    await fault(cloud, 'whatsapp_cloud', { delay_ms: HELD_MS });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Quick' });
    const { updated_at: _, ...early } = await whenMessage(cloud, nile, message, 'DELIVERED');
    const [request, ...others] = await requestsOf(cloud, 'whatsapp_cloud');
    assert.ok(Date.now() - Date.parse(request?.at ?? '') < HELD_MS, 'the answer is not there yet');
    assert.deepEqual(historyOf(early as Row), ['PENDING', 'SENT', 'DELIVERED']);
    await clearFaults(cloud, 'whatsapp_cloud');
    await cloud.drain();
    const { updated_at: __, ...row } = await whenMessage(cloud, nile, message, 'DELIVERED');
    assert.deepEqual(row, early, 'the answer has nothing to add');
    assert.equal(others.length, 0);
  });

  test('F07 whatsapp_lite: acks by an id that nobody knows yet wait for the answer', async () => {
    const phone = await customer(cloud, lite, '+201550700002');
    // The echo is held back, so that only the acks are early.
    await fault(cloud, 'whatsapp_lite', { reorder_webhooks: true, times: 9 });
    await fault(cloud, 'whatsapp_lite', { delay_ms: HELD_MS });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_lite', to: phone.address, message: 'Acked' });
    const id = await providerIdOf('Acked');
    for (const ack of [1, 2, 3]) assert.equal((await post(ackWebhook(id, ack, phone))).status, 200);
    const [early] = await rows(cloud, nile, `messages?id=eq.${message.id}`);
    assert.equal(early?.['status'], 'PENDING', 'the answer is not there yet');
    await answerAtLast(cloud, 'whatsapp_lite');
    const row = await whenMessage(cloud, nile, message, 'READ');
    assert.deepEqual(historyOf(row), ['PENDING', 'SENT', 'DELIVERED', 'READ']);
    await clearFaults(cloud, 'whatsapp_lite');
    await checkOneOutbound(row, phone);
  });

  test('F22: the echo of a send of ours, after the answer, is no second message', async () => {
    const phone = await customer(cloud, lite, '+201552200001');
    const message = await sendText(cloud, nile, { channel: 'whatsapp_lite', to: phone.address, message: 'Echo after' });
    const row = await whenMessage(cloud, nile, message, 'DELIVERED');
    await checkOneOutbound(row, phone);
  });

  test('F22: the echo of a send of ours, before the answer, is no second message', async () => {
    const phone = await customer(cloud, lite, '+201552200002');
    await fault(cloud, 'whatsapp_lite', { delay_ms: HELD_MS });
    const message = await sendText(cloud, nile, {
      channel: 'whatsapp_lite',
      to: phone.address,
      message: 'Echo before',
    });
    await whenMessage(cloud, nile, message, 'DELIVERED');
    await clearFaults(cloud, 'whatsapp_lite');
    await cloud.drain();
    await checkOneOutbound(await whenMessage(cloud, nile, message, 'DELIVERED'), phone);
  });

  test('F22: an echo between the two writes of an answer is no second message', async () => {
    const phone = await customer(cloud, lite, '+201552200003');
    await fault(cloud, 'whatsapp_lite', { reorder_webhooks: true, times: 9 });
    cloud.dynamoDb.faults.add({ operation: 'UpdateItem', match: writesLink, delayMs: 600 });
    const message = await sendText(cloud, nile, { channel: 'whatsapp_lite', to: phone.address, message: 'In between' });
    await whenMessage(cloud, nile, message, 'SENT');
    await clearFaults(cloud, 'whatsapp_lite');
    await cloud.drain();
    const row = await whenMessage(cloud, nile, message, 'DELIVERED');
    await checkOneOutbound(row, phone);
  });

  test('F22: what is typed on the phone is one message of ours, and nothing becomes unread', async () => {
    const phone = await customer(cloud, gateway, '+201552200004');
    const conversation = await eventually('the conversation', () => conversationOf(gateway, phone));
    assert.equal(conversation['unread_count'], 1);
    await ask(cloud, nile, '/rest/v1/rpc/mark_read', { conversation_id: conversation.id });
    await fault(cloud, 'whatsapp_lite', { duplicate_webhooks: 2 });
    const typed = { to: phone.address, text: 'Typed by hand' };
    await control(cloud, `whatsapp_lite/accounts/${encodeURIComponent(gateway.external_id)}/messages`, 'POST', typed);
    await eventually('it arrives', async () => (await outbound(conversation.id)).length > 0);
    await cloud.drain();
    const [message, ...others] = await outbound(conversation.id);
    assert.equal(others.length, 0);
    assert.equal(message?.['message'], 'Typed by hand');
    await whenMessage(cloud, nile, message, 'DELIVERED');
    const now = await conversationOf(gateway, phone);
    assert.equal(now?.['unread_count'], 0);
    assert.equal(now?.['last_message_preview'], 'Typed by hand');
    assert.equal((await requestsOf(cloud, 'whatsapp_lite')).filter(({ body }) => 'text' in body).length, 0);
  });
});

function writesLink(input: unknown): boolean {
  return /"provider#[^"]+"/.test(JSON.stringify(input));
}

/** One message of ours in the conversation and on the phone, and nothing unread but what the customer wrote. */
async function checkOneOutbound(message: Row, phone: Phone): Promise<void> {
  await cloud.drain();
  assert.equal((await outbound(String(message['conversation_id']))).length, 1);
  assert.equal((await thread(cloud, lite, phone)).filter(({ from }) => from === 'business').length, 1);
  assert.equal((await conversationOf(lite, phone))?.['unread_count'], 1);
}

function outbound(conversation: string): Promise<Row[]> {
  return rows(cloud, nile, `messages?conversation_id=eq.${conversation}&direction=eq.OUTBOUND`);
}

async function conversationOf(account: Account, phone: Phone): Promise<Row | undefined> {
  const [contact] = await rows(cloud, nile, `contacts?phone=eq.${encodeURIComponent(phone.address)}`);
  if (!contact) return undefined;
  const path = `conversations?contact_id=eq.${contact.id}&channel_account_id=eq.${account.id}`;
  return (await rows(cloud, nile, path))[0];
}

/** The id that the provider has given, before it has told us. */
async function providerIdOf(text: string): Promise<string> {
  const request = await eventually('the request', async () =>
    (await requestsOf(cloud, 'whatsapp_lite')).find(({ body }) => JSON.stringify(body).includes(text)),
  );
  return (request.response as { messageId: string }).messageId;
}

function ackWebhook(id: string, ack: number, phone: Phone) {
  const to = `${phone.address.slice(1)}@c.us`;
  const payload = { id, from: `${lite.external_id.slice(1)}@c.us`, to, fromMe: true, ack };
  const body = JSON.stringify({ event: 'message.ack', timestamp: Date.now() + ack, payload });
  return { url: lite.webhook_url, headers: { 'X-Webhook-Secret': lite.webhook_secret }, body };
}
