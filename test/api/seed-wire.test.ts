import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, rows, testCloud, someRows } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { addPhone, requestsOf, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';
import { hmac } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const lite = accountOf(nile, 'whatsapp_lite');
const SEND = '/functions/v1/whatsapp-lite-send';
const hello = {
  message_id: 'msg-123',
  from: '+1234567890',
  to: '+0987654321',
  message: 'Hello',
  timestamp: '2025-01-15T10:00:00Z',
  channel: 'whatsapp_lite',
};
let phone: Phone;

suite('the wire as callers before this product wrote it', () => {
  after(() => cloud.close());

  test('a webhook with X-Webhook-Secret becomes message, conversation and contact', async () => {
    phone = await addPhone(cloud, 'whatsapp_lite', '+1234567890');
    const answer = await webhook(hello, { 'X-Webhook-Secret': lite.webhook_secret });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as { success: boolean }).success, true);
    const [contact] = await someRows(cloud, nile, 'contacts?phone=eq.%2B1234567890');
    const [message] = await rows(cloud, nile, 'messages?provider_message_id=eq.msg-123');
    assert.equal(message?.['message'], 'Hello');
    assert.equal(message?.['direction'], 'INBOUND');
    assert.equal(message?.['channel'], 'whatsapp_lite');
    assert.equal(message?.['created_at'], '2025-01-15T10:00:00.000Z');
    assert.equal(message?.['contact_id'], contact?.id);
    await cloud.drain();
    const [conversation] = await rows(cloud, nile, `conversations?contact_id=${contact?.id}`);
    assert.equal(conversation?.id, message?.['conversation_id']);
    assert.equal(conversation?.['unread_count'], 1);
  });

  test('a webhook with X-Parley-Signature, on every path that leads to it', async () => {
    for (const path of [
      'whatsapp-lite-webhook',
      'whatsapp_lite-webhook',
      'appgain-whatsapp-webhook',
      pathOf(lite.id),
    ]) {
      const payload = { ...hello, message_id: path, message: `By ${path}` };
      const signature = hmac(lite.webhook_secret, JSON.stringify(payload));
      const answer = await webhook(payload, { 'X-Parley-Signature': `sha256=${signature}` }, path);
      assert.equal(answer.status, 200, path);
      assert.deepEqual(await answer.json(), { success: true, applied: 1, quarantined: 0 }, path);
    }
    await cloud.drain();
    assert.equal((await rows(cloud, nile, 'messages?message=like.By*')).length, 4);
  });

  test('a text with phone_number, organization_id and contact_id', async () => {
    const [contact] = await rows(cloud, nile, 'contacts?phone=eq.%2B1234567890');
    const request = {
      phone_number: '+1234567890',
      message: 'Your order',
      organization_id: nile.id,
      contact_id: contact?.id,
    };
    const answer = await ask(cloud, nile, SEND, request);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    const { success, result, conversationId, contactId, message } = answer.body as unknown as Sent;
    assert.deepEqual(Object.keys(answer.body), ['success', 'result', 'conversationId', 'contactId', 'message']);
    assert.equal(success, true);
    assert.deepEqual(result, { messageId: message.id, id: message.id });
    assert.equal(contactId, contact?.id);
    assert.equal(conversationId, message['conversation_id']);
    assert.equal(message['status'], 'PENDING');
    assert.equal(message['direction'], 'OUTBOUND');
    const sent = await whenMessage(cloud, nile, message, 'DELIVERED');
    assert.deepEqual(Object.keys(sent), Object.keys(message));
    assert.deepEqual(await textsOnPhone(), ['Your order']);
  });

  test('an image with media_url and media_type', async () => {
    const media_url = `${cloud.access.url}/favicon.svg`;
    const answer = await ask(cloud, nile, SEND, {
      phone_number: '+1234567890',
      message: 'A photo',
      media_url,
      media_type: 'image',
      organization_id: nile.id,
    });
    assert.equal(answer.status, 200);
    const message = answer.body['message'] as Row;
    assert.equal(message['type'], 'image');
    assert.equal(message['message'], 'A photo');
    assert.equal((message['media'] as Row)['url'], media_url);
    await whenMessage(cloud, nile, message, 'DELIVERED');
    const [asked] = (await requestsOf(cloud, 'whatsapp_lite')).slice(-1);
    const body = asked?.body['UOWHATSAPP'] as Record<string, unknown> | undefined;
    assert.equal(body?.['imageUrl'], media_url);
    assert.equal(body?.['message'], 'A photo');
    assert.deepEqual(body?.['receivers'], [{ mobileNum: '1234567890' }]);
  });

  test('camelCase names, suitId, and fields that are labels only', async () => {
    assert.equal(lite.kind, 'notify');
    const answer = await ask(cloud, nile, '/functions/v1/whatsapp_lite-send', {
      to: '1234567890@s.whatsapp.net',
      message: 'Same again',
      suitId: lite.kind === 'notify' ? lite.suit_id : '',
      organizationId: nile.id,
      contactName: 'Somebody',
      clientRef: 'order-7',
      from: 'AIBot',
      accessToken: 'not ours to use',
    });
    assert.equal(answer.status, 200);
    const message = answer.body['message'] as Row;
    assert.equal(message['client_ref'], 'order-7');
    assert.equal(message['channel_account_id'], lite.id);
    await whenMessage(cloud, nile, message, 'DELIVERED');
    const [asked] = (await requestsOf(cloud, 'whatsapp_lite')).slice(-1);
    assert.doesNotMatch(JSON.stringify(asked), /AIBot|not ours to use/);
  });

  test('two spellings of a field with one value are one field', async () => {
    const answer = await ask(cloud, nile, SEND, {
      to: '+1234567890',
      phone_number: '+1234567890',
      message: 'Twice named',
    });
    assert.equal(answer.status, 200);
  });

  test('to a conversation or a contact alone', async () => {
    const [conversation] = await rows(cloud, nile, 'conversations?channel=whatsapp_lite');
    for (const target of [{ conversation_id: conversation?.id }, { contactId: conversation?.['contact_id'] }]) {
      const answer = await ask(cloud, nile, SEND, { ...target, message: `To ${Object.keys(target).join()}` });
      assert.equal(answer.status, 200);
      assert.equal(answer.body['conversationId'], conversation?.id);
    }
  });
});

interface Sent {
  success: boolean;
  result: { messageId: string; id: string };
  conversationId: string;
  contactId: string;
  message: Row;
}

function webhook(payload: object, headers: Record<string, string>, path = 'whatsapp-lite-webhook'): Promise<Response> {
  return fetch(`${cloud.access.url}/functions/v1/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(payload),
  });
}

function pathOf(account: string): string {
  return `whatsapp-lite-webhook/${account}`;
}

async function textsOnPhone(): Promise<(string | null)[]> {
  return (await thread(cloud, lite, phone)).filter(({ from }) => from === 'business').map(({ text }) => text);
}
