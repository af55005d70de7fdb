import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud, rpc } from '../support/cloud.ts';
import type { Account, Answer, Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { signIn } from '../support/people.ts';
import { customer, write } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { post, telegramMember, telegramUpdate } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const lite = accountOf(nile, 'whatsapp_lite');
const meta = accountOf(nile, 'whatsapp_cloud');
const bot = accountOf(nile, 'telegram');

suite('opting out and in', () => {
  after(() => cloud.close());

  test('the message stays in the inbox, a note says what followed, and every send is refused, answers too', async () => {
    const phone = await customer(cloud, lite, '+201560000001');
    const contact_id = await contactOf(phone);
    await say(lite, phone, 'إلغاء الاشتراك.');
    const messages = await rows(cloud, nile, `messages?contact_id=eq.${contact_id}&order=created_at.asc`);
    const stop = messages.find(({ message }) => message === 'إلغاء الاشتراك.');
    const note = messages.at(-1);
    assert.deepEqual([messages.length, stop?.['type'], note?.['type']], [3, 'text', 'system']);
    assert.equal(note?.['message'], 'Asked for no more messages on WhatsApp Lite: «إلغاء الاشتراك.»');
    const [optOut] = await rows(cloud, nile, `opt_outs?contact_id=eq.${contact_id}`);
    assert.deepEqual(
      { ...optOut, id: null, created_at: null },
      {
        id: null,
        organization_id: nile.id,
        contact_id,
        identity: null,
        channel: 'whatsapp_lite',
        channel_account_id: lite.id,
        why: 'opted_out',
        active: true,
        source: 'message',
        reason: null,
        message_id: stop?.id,
        created_at: null,
        lifted_at: null,
        lifted_source: null,
        lifted_reason: null,
        lifted_by: null,
      },
    );
    for (const whom of [{ to: phone.address }, { contact_id }, { conversation_id: messages[0]?.['conversation_id'] }]) {
      const refused = await send('whatsapp-lite', { ...whom, message: 'But we have a sale' });
      assert.deepEqual([refused.status, refused.body['code']], [422, 'opted_out'], JSON.stringify(refused.body));
    }
    await say(lite, phone, 'How much is a kilo?');
    assert.equal((await send('whatsapp-lite', { to: phone.address, message: '20' })).status, 422);
  });

  test('it is of one channel only, on all of its accounts', async () => {
    const address = '+201560000002';
    const [onLite, onCloud] = [await customer(cloud, lite, address), await customer(cloud, meta, address)];
    await say(lite, onLite, 'stop');
    const other = nile.channel_accounts.find(({ channel, id }) => channel === 'whatsapp_lite' && id !== lite.id);
    const refused = await send('whatsapp-lite', { to: address, message: 'x', channel_account_id: other?.id });
    assert.deepEqual([other !== undefined, refused.status], [true, 422]);
    await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: onCloud.address, message: 'Your order is here' });
  });

  test('START, and its like, lifts it and is noted; without an opt-out it is a message like others', async () => {
    const phone = await customer(cloud, lite, '+201560000003');
    await say(lite, phone, 'ابدأ');
    assert.deepEqual(await notesOf(phone), []);
    await say(lite, phone, 'توقف');
    await say(lite, phone, 'توقف');
    await say(lite, phone, 'اشتراك');
    assert.deepEqual(await notesOf(phone), [
      'Asked for no more messages on WhatsApp Lite: «توقف»',
      'Wants messages on WhatsApp Lite again: «اشتراك»',
    ]);
    const sent = await sendText(cloud, nile, { channel: 'whatsapp_lite', to: phone.address, message: 'Welcome' });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    const [lifted] = await rows(cloud, nile, `opt_outs?contact_id=eq.${await contactOf(phone)}`);
    assert.deepEqual([lifted?.['active'], lifted?.['lifted_source']], [false, 'message']);
  });

  test('an agent lifts it with a reason, which is kept; a redelivered STOP does not bring it back', async () => {
    const phone = await customer(cloud, lite, '+201560000004');
    const contact_id = await contactOf(phone);
    const of = { contact_id, channel: 'whatsapp-lite' };
    await say(lite, phone, 'STOP');
    const { access_token } = await signIn(cloud, nile);
    const headers = { Authorization: `Bearer ${access_token}` };
    assert.equal((await rpc(cloud, nile, 'opt_in', of)).body['details'], 'reason');
    assert.equal((await rpc(cloud, nile, 'opt_in', { ...of, reason: '  ' })).body['details'], 'reason');
    const reason = 'Asked on the phone to go on';
    const done = await ask(cloud, nile, '/rest/v1/rpc/opt_in', { ...of, reason }, { headers });
    const [row] = done.body as unknown as Row[];
    assert.deepEqual([row?.['lifted_reason'], row?.['lifted_by']], [reason, nile.agents[0]?.email]);
    assert.equal((await rpc(cloud, nile, 'opt_in', { ...of, reason })).body['code'], 'not_opted_out');
    await sendText(cloud, nile, { channel: 'whatsapp_lite', to: phone.address, message: 'Hello again' });
    await redeliver(contact_id, 'STOP');
    assert.equal((await notesOf(phone)).length, 1);
    const [kept] = await rows(cloud, nile, `opt_outs?contact_id=eq.${contact_id}&active=is.false`);
    assert.equal(kept?.['lifted_reason'], reason);
    const out = await rpc(cloud, nile, 'opt_out', { ...of, reason: 'Asked on the phone to stop' });
    assert.deepEqual([out.body['source'], out.body['active']], ['agent', true]);
    assert.equal((await rpc(cloud, nile, 'opt_out', of)).body['reason'], 'Asked on the phone to stop', 'as it was');
    assert.equal((await send('whatsapp-lite', { to: phone.address, message: 'x' })).status, 422);
  });

  test('an address can be opted out before it is known; wrong requests name the field', async () => {
    const of = { to: '+201560000005', channel: 'sms' };
    assert.equal((await rpc(cloud, nile, 'opt_out', of)).body['channel'], 'sms');
    assert.equal((await send('sms', { to: of.to, message: 'x' })).body['code'], 'opted_out');
    assert.equal((await send('whatsapp-lite', { to: of.to, message: 'x' })).status, 200);
    for (const [fields, details] of [
      [{ ...of, channel: 'pigeon' }, 'channel'],
      [{ channel: 'sms' }, 'contact_id'],
      [{ ...of, contact_id: 'con_x' }, 'contact_id'],
      [{ contact_id: 'con_x', channel: 'sms' }, 'contact_id'],
      [{ ...of, to: 'nobody' }, 'to'],
      [{ ...of, reason: '' }, 'reason'],
      [{ ...of, reason: 'x'.repeat(501) }, 'reason'],
    ] as const)
      assert.equal((await rpc(cloud, nile, 'opt_out', fields)).body['details'], details, JSON.stringify(fields));
    assert.equal((await rpc(cloud, nile, 'opt_in', { ...of, reason: 'x', why: 'bored' })).body['details'], 'why');
  });

  test('who blocked the bot is listed with the address, and an agent may try again', async () => {
    const phone = await customer(cloud, bot, '756000006');
    const contact_id = await contactOf(phone, bot);
    await post(telegramMember(bot, Number(phone.address), 'kicked'));
    await cloud.drain();
    const [row] = await rows(cloud, nile, `opt_outs?contact_id=eq.${contact_id}&why=eq.blocked`);
    assert.deepEqual(row?.['identity'], { kind: 'telegram_chat', value: phone.address });
    assert.deepEqual([row?.['channel_account_id'], row?.['source']], [bot.id, 'provider']);
    assert.equal((await send('telegram', { to: phone.address, message: 'x' })).body['code'], 'blocked');
    const lifted = await rpc(cloud, nile, 'opt_in', {
      contact_id,
      channel: 'telegram',
      why: 'blocked',
      reason: 'Back again',
    });
    assert.equal(lifted.status, 200, JSON.stringify(lifted.body));
    assert.equal((await send('telegram', { to: phone.address, message: 'x' })).status, 200);
  });

  test('who wants no marketing gets answers, and no template of that kind', async () => {
    await rpc(cloud, nile, 'sync_templates', { channel_account_id: meta.id });
    const phone = await customer(cloud, meta, '+201560000007');
    const preference = { phone: phone.id, value: 'stop' };
    await control(cloud, `whatsapp_cloud/accounts/${meta.external_id}/preference`, 'POST', preference);
    await cloud.drain();
    const known = await rows(cloud, nile, `opt_outs?contact_id=eq.${await contactOf(phone, meta)}`);
    assert.deepEqual(new Set(known.map(({ why }) => why)), new Set(['no_marketing']));
    const template = {
      name: 'spring_sale',
      language: 'en_US',
      parameters: ['20%'],
      buttons: [{ index: 0, code: '20OFF' }],
    };
    const sale = await send('whatsapp-cloud', { to: phone.address, message: 'Sale', template });
    assert.deepEqual([sale.status, sale.body['code']], [422, 'no_marketing'], JSON.stringify(sale.body));
    const answer = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Your order' });
    await whenMessage(cloud, nile, answer, 'DELIVERED');
  });

  test('the list goes on from a cursor', async () => {
    const all = await rows(cloud, nile, 'opt_outs?order=id.asc');
    assert.ok(all.length >= 5);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const cursor = after === '' ? '' : `&id=gt.${encodeURIComponent(after)}`;
      const page = await rows(cloud, nile, `opt_outs?order=id.asc&limit=2${cursor}`);
      seen.push(...page.map(({ id }) => id));
      if (page.length < 2) break;
      after = page.at(-1)?.id ?? '';
    }
    assert.deepEqual(
      seen,
      all.map(({ id }) => id),
    );
  });

  test('an organization has words of its own', async () => {
    const account = accountOf(gulf, 'whatsapp_lite');
    const change = (body: object) =>
      ask(cloud, gulf, '/rest/v1/organization_settings', body, {
        method: 'PATCH',
        headers: { Prefer: 'return=representation' },
      });
    const wrong = await change({ opt_out: { stop_words: ['x'.repeat(41)] } });
    assert.deepEqual([wrong.status, wrong.body['details']], [400, 'opt_out.stop_words.0']);
    assert.equal((await change({ opt_out: { words: [] } })).status, 400);
    const opt_out = { enabled: true, stop_words: ['كفاية'] };
    await change({ short_links: { days: 7 } });
    const [row] = (await change({ opt_out })).body as unknown as Row[];
    assert.deepEqual(
      [row?.['organization_id'], row?.['opt_out'], row?.['short_links']],
      [gulf.id, opt_out, { days: 7 }],
    );
    assert.deepEqual(await rows(cloud, gulf, 'organization_settings'), [row]);
    const [other] = await rows(cloud, nile, 'organization_settings');
    assert.deepEqual([other?.['organization_id'], other?.['opt_out'], other?.['short_links']], [nile.id, null, null]);
    const phone = await customer(cloud, account, '+201560000008');
    await say(account, phone, 'كفاية!');
    const refused = await ask(cloud, gulf, '/functions/v1/whatsapp-lite-send', { to: phone.address, message: 'x' });
    assert.equal(refused.body['code'], 'opted_out');
  });

  test('ordinary messages, and words of a group, opt nobody out', async () => {
    const phone = await customer(cloud, bot, '756000009');
    await say(bot, phone, '/start');
    await say(bot, phone, 'Please stop by the shop');
    assert.equal((await send('telegram', { to: phone.address, message: 'x' })).status, 200);
    const before = await rows(cloud, nile, 'opt_outs');
    const chat = { id: -1001560000010, type: 'supergroup', title: 'Buyers' };
    const from = { id: 756000010, is_bot: false, first_name: 'Omar' };
    const date = Math.floor(Date.now() / 1000);
    await post(telegramUpdate(bot, { message: { message_id: 1, date, chat, from, text: 'stop' } }));
    await cloud.drain();
    assert.equal((await rows(cloud, nile, 'messages?message=eq.stop&channel=eq.telegram')).length, 1);
    assert.deepEqual(await rows(cloud, nile, 'opt_outs'), before);
  });
});

async function say(account: Account, phone: Phone, text: string): Promise<void> {
  await write(cloud, account, phone, text);
  await cloud.drain();
}

async function contactOf(phone: Phone, account: Account = lite): Promise<string> {
  const identity = account.channel === 'telegram' ? undefined : phone.address;
  return eventually('the contact', async () => {
    const found = await rows(
      cloud,
      nile,
      `contacts?${identity === undefined ? '' : `phone=eq.${encodeURIComponent(identity)}`}`,
    );
    return found.find(({ identities }) =>
      (identities as { value: string }[]).some(({ value }) => value === phone.address),
    )?.id;
  });
}

async function notesOf(phone: Phone): Promise<unknown[]> {
  const contact = await contactOf(phone);
  const notes = await rows(cloud, nile, `messages?contact_id=eq.${contact}&type=eq.system&order=created_at.asc`);
  return notes.map(({ message }) => message);
}

/** The stream brings a message once more. */
async function redeliver(contactId: string, text: string): Promise<void> {
  const [message] = await rows(cloud, nile, `messages?contact_id=eq.${contactId}&message=eq.${text}`);
  const pk = `${nile.id}#${String(message?.['conversation_id'])}`;
  const Keys = { pk: { S: pk }, sk: { S: `message#${message?.id.split('_')[1]}` } };
  const NewImage = await itemAt(Keys);
  const dynamodb = { Keys, NewImage, SequenceNumber: '1' };
  await invoke(cloud, 'ProjectionProject', { Records: [{ eventName: 'INSERT', dynamodb }] });
  await cloud.drain();
}

async function itemAt(Key: object): Promise<unknown> {
  const TableName = cloud.dynamoDb.capacity.read().calls[0]?.table;
  const headers = {
    'X-Amz-Target': 'DynamoDB_20120810.GetItem',
    'Content-Type': 'application/x-amz-json-1.0',
    Authorization: 'local',
  };
  const response = await fetch(cloud.dynamoDb.url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ TableName, Key }),
  });
  return ((await response.json()) as { Item: unknown }).Item;
}

function send(channel: string, body: object): Promise<Answer> {
  return ask(cloud, nile, `/functions/v1/${channel}-send`, body);
}
