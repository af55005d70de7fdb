import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Account, Organization, Row } from '../support/cloud.ts';
import { invoke, received } from '../support/functions.ts';
import { comesDue, later as inAnHour } from '../support/later.ts';
import { mailbox } from '../support/mail.ts';
import { addPhone, clearFaults, customer, fault, requestsOf, write, textsTo } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { post, telegramMember } from '../support/webhooks.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const lite = accountOf(nile, 'whatsapp_lite');
const meta = accountOf(nile, 'whatsapp_cloud');
const bot = accountOf(nile, 'telegram');
const mail = accountOf(nile, 'email');
const push = accountOf(nile, 'web_push');

suite('F14: who opts out after a message was accepted does not get it', () => {
  after(() => cloud.close());

  test('STOP before a scheduled message leaves: it is skipped, and START lets the next one go', async () => {
    const phone = await customer(cloud, lite, '+201551400001');
    const later = await sendText(cloud, nile, { ...to(lite, phone, 'Spring sale'), scheduled_at: inAnHour() });
    await say(lite, phone, 'STOP');
    await comesDue(cloud, later);
    await skipped(later, 'opted_out');
    assert.deepEqual(await textsTo(cloud, lite, phone), []);
    await say(lite, phone, 'Start');
    const welcome = await sendText(cloud, nile, to(lite, phone, 'Welcome back'));
    await whenMessage(cloud, nile, welcome, 'DELIVERED');
    assert.deepEqual(await textsTo(cloud, lite, phone), ['Welcome back']);
  });

  test('إيقاف while a message waits for its provider: it is skipped when its turn comes', async () => {
    const phone = await customer(cloud, meta, '+201551400002');
    await fault(cloud, 'whatsapp_cloud', { times: 1000, code: 130429 });
    const waiting = await sendText(cloud, nile, to(meta, phone, 'عرض الربيع'));
    await eventually('the first try', async () =>
      (await requestsOf(cloud, 'whatsapp_cloud')).some(({ body }) => JSON.stringify(body).includes('عرض الربيع')),
    );
    await say(meta, phone, 'إيقاف');
    await skipped(waiting, 'opted_out');
    assert.deepEqual(await textsTo(cloud, meta, phone), []);
    await clearFaults(cloud, 'whatsapp_cloud');
  });

  test('a queue that gives a message out again after it was sent, and after STOP, makes no failure of it', async () => {
    const phone = await customer(cloud, meta, '+201551400004');
    await fault(cloud, 'whatsapp_cloud', { hold_receipts: true });
    const sent = await whenMessage(cloud, nile, await sendText(cloud, nile, to(meta, phone, 'Gone')), 'SENT');
    await say(meta, phone, 'STOP');
    const place = { organizationId: nile.id, channelAccountId: meta.id, conversationId: sent['conversation_id'] };
    const task = { ...place, messageId: sent.id, bodyType: 'text' };
    await invoke(cloud, 'ChannelwhatsappcloudSender', received(task, 2));
    assert.deepEqual(await whenMessage(cloud, nile, sent, () => true), sent);
    await clearFaults(cloud, 'whatsapp_cloud');
  });

  test('a block by the customer', async () => {
    const phone = await customer(cloud, bot, '751400003');
    const later = await sendText(cloud, nile, { ...to(bot, phone, 'News'), scheduled_at: inAnHour() });
    await post(telegramMember(bot, Number(phone.address), 'kicked'));
    await cloud.drain();
    await comesDue(cloud, later);
    await skipped(later, 'blocked');
    assert.deepEqual(await textsTo(cloud, bot, phone), []);
  });

  test('an unsubscribe link', async () => {
    const mona = await addPhone(cloud, 'email', 'mona.14@customers.example');
    const first = await sendText(cloud, nile, { ...to(mail, mona, 'Letter one'), options: { list_unsubscribe: true } });
    await whenMessage(cloud, nile, first, 'SENT');
    const later = await sendText(cloud, nile, { ...to(mail, mona, 'Letter two'), scheduled_at: inAnHour() });
    const [letter] = await mailbox(cloud, mail, mona);
    const url = /^<(.*)>$/.exec(letter?.mail.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
    const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
    assert.equal((await fetch(url, click)).status, 200);
    await cloud.drain();
    await comesDue(cloud, later);
    await skipped(later, 'opted_out');
    assert.equal((await mailbox(cloud, mail, mona)).length, 1);
    const [known] = await rows(cloud, nile, `opt_outs?contact_id=eq.${String(later['contact_id'])}`);
    assert.deepEqual([known?.['channel'], known?.['why'], known?.['source']], ['email', 'opted_out', 'unsubscribe']);
    const notes = await rows(
      cloud,
      nile,
      `messages?conversation_id=eq.${String(later['conversation_id'])}&type=eq.system`,
    );
    assert.deepEqual(
      notes.map(({ message }) => message),
      ['Unsubscribed from messages on Email'],
    );
  });

  test('a push service that answers 410', async () => {
    const mona: Phone = { id: 'mona', address: '900000001' };
    const path = `web_push/phones/${mona.id}/messages`;
    await control(cloud, path, 'POST', { account: push.external_id, body: { type: 'unblock' } });
    const conversation_id = await eventually('the conversation', async () => {
      const [found] = await rows(cloud, nile, `conversations?channel_account_id=eq.${push.id}`);
      return found?.id;
    });
    const later = await sendText(cloud, nile, {
      channel: 'web_push',
      conversation_id,
      message: 'Much later',
      scheduled_at: inAnHour(),
    });
    await fault(cloud, 'web_push', { status: 410 });
    const lost = await sendText(cloud, nile, { channel: 'web_push', conversation_id, message: 'First' });
    await whenMessage(cloud, nile, lost, 'FAILED');
    await cloud.drain();
    await comesDue(cloud, later);
    await skipped(later, 'gone');
    assert.equal((await requestsOf(cloud, 'web_push')).length, 1);
  });
});

function to({ channel }: Account, { address }: Phone, message: string) {
  return { channel, to: address, message };
}

async function say(account: Account, phone: Phone, text: string): Promise<void> {
  await write(cloud, account, phone, text);
  await cloud.drain();
}

async function skipped(message: Row, code: string): Promise<void> {
  const failed = await whenMessage(cloud, nile, message, 'FAILED');
  const error = failed['error'] as Row;
  assert.deepEqual([error['class'], error['code'], failed['provider_message_id']], ['opted_out', code, null]);
}
