import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud, someRows } from '../support/cloud.ts';
import type { Row, Organization } from '../support/cloud.ts';
import { conversationWith } from '../support/conversations.ts';
import { addPhone, customer, requestsOf, thread, write, act } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { historyOf, sendText, whenMessage, inboundSaying } from '../support/sends.ts';
import { cloudEnvelope, freshId, post, signCloud } from '../support/webhooks.ts';

const channel = 'whatsapp_cloud';
const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const account = accountOf(nile, channel);
const link = 'https://example.com/a.png';

describe('WhatsApp Cloud', () => {
  after(() => cloud.close());

  test('what a customer writes and what they get keep their formatting, and each status says what it costs', async () => {
    const phone = await addPhone(cloud, channel, '+201570000001');
    await write(cloud, account, phone, 'هل *القهوة* جاهزة؟');
    const received = await inboundSaying(cloud, nile, 'هل القهوة جاهزة؟');
    assert.deepEqual(received['entities'], [{ type: 'bold', offset: 3, length: 6 }]);
    const sent = await sendText(cloud, nile, {
      channel,
      to: phone.address,
      message: 'Yes, now',
      entities: [{ type: 'bold', offset: 5, length: 3 }],
    });
    await whenMessage(cloud, nile, sent, 'DELIVERED');
    await control(cloud, `${channel}/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
    const read = await whenMessage(cloud, nile, sent, 'READ');
    assert.deepEqual(historyOf(read), ['PENDING', 'SENT', 'DELIVERED', 'READ']);
    assert.equal((read['status_history'] as { detail: string | null }[])[2]?.detail, 'service, free');
    assert.deepEqual(
      (await thread(cloud, account, phone)).map(({ text }) => text),
      ['هل *القهوة* جاهزة؟', 'Yes, *now*'],
    );
  });

  test('a customer changes what they wrote, and takes it back', async () => {
    const phone = await addPhone(cloud, channel, '+201570000002');
    const { id } = await act(cloud, account, phone, { type: 'text', text: 'At four' });
    const row = await inboundSaying(cloud, nile, 'At four');
    await act(cloud, account, phone, { type: 'edit', message_id: id, text: 'At five' });
    const edited = await whenMessage(cloud, nile, row, (one) => one['message'] === 'At five');
    assert.notEqual(edited['edited_at'], null);
    await act(cloud, account, phone, { type: 'unsend', message_id: id });
    const gone = await whenMessage(cloud, nile, row, (one) => one['deleted_at'] !== null);
    assert.equal((await ofConversation(gone)).length, 1);
  });

  test('buttons under a picture, cards and the request for a place reach the customer; answers come back', async () => {
    const phone = await customer(cloud, account, '+201570000003');
    const buttons = await delivered(phone, {
      kind: 'buttons',
      buttons: [{ id: 'yes', title: 'Yes' }],
      file: { type: 'image', url: link },
      footer: 'Nile Coffee',
    });
    await act(cloud, account, phone, { type: 'tap', message_id: buttons['provider_message_id'], id: 'yes' });
    const tap = await inboundOf(buttons, 'interactive');
    assert.deepEqual(tap['interactive'], { kind: 'reply', id: 'yes', title: 'Yes' });
    assert.equal(tap['reply_to_id'], buttons.id);
    const cards = ['Green', 'Black'].map((text) => ({ text, image: link, link: { title: 'Buy', url: link } }));
    await delivered(phone, { kind: 'carousel', cards });
    const asked = await delivered(phone, { kind: 'location_request' });
    await act(cloud, account, phone, { type: 'location', latitude: 30.04, longitude: 31.23, name: 'Tahrir' });
    assert.deepEqual((await inboundOf(asked, 'location'))['message'], 'Tahrir');
  });

  test('a template fills its header, its text and its buttons, also for someone who never wrote', async () => {
    const phone = await addPhone(cloud, channel, '+201570000004');
    const template = {
      name: 'order_photo',
      language: 'en_US',
      parameters: ['Mona'],
      header: { type: 'image', url: link },
      buttons: [
        { index: 0, payload: 'CALL-42' },
        { index: 1, url: '42' },
      ],
    };
    const sent = await sendText(cloud, nile, { channel, to: phone.address, message: 'Order', template });
    const row = await whenMessage(cloud, nile, sent, 'DELIVERED');
    assert.deepEqual(row['template'], {
      ...template,
      header: { type: 'image', media: { status: 'ready', link } },
    });
    await act(cloud, account, phone, { type: 'tap', message_id: row['provider_message_id'], id: 'CALL-42' });
    const tap = await inboundOf(row, 'interactive');
    assert.deepEqual(tap['interactive'], { kind: 'reply', id: 'CALL-42', title: 'Call me' });
  });

  test('who has not written for a day gets templates only, and who wants no marketing gets everything else', async () => {
    const stranger = await addPhone(cloud, channel, '+201570000005');
    const closed = await sendText(cloud, nile, { channel, to: stranger.address, message: 'Hello?' });
    const error = (await whenMessage(cloud, nile, closed, 'FAILED'))['error'] as Row;
    assert.deepEqual([error['class'], error['provider_code']], ['window_closed', '131047']);
    const phone = await customer(cloud, account, '+201570000006');
    await does('preference', { phone: phone.id, value: 'stop' });
    const parameters = ['20%'];
    const template = { name: 'spring_sale', language: 'en_US', parameters, buttons: [{ index: 0, code: '20OFF' }] };
    const sale = await sendText(cloud, nile, { channel, to: phone.address, message: 'Sale', template });
    const refused = await whenMessage(cloud, nile, sale, 'FAILED');
    assert.deepEqual((refused['error'] as Row)['class'], 'opted_out');
    assert.match(JSON.stringify(refused['status_history']), /stopped marketing messages/);
    const answer = await sendText(cloud, nile, { channel, to: phone.address, message: 'Your order is here' });
    await whenMessage(cloud, nile, answer, 'DELIVERED');
  });

  test('an agent who types and reads is seen to', async () => {
    const phone = await customer(cloud, account, '+201570000007');
    const [{ conversation_id } = {} as Row] = await eventually('the conversation', () =>
      found(`to ${phone.address}`, phone),
    );
    for (const action of ['typing', 'mark_read'])
      assert.ok((await ask(cloud, nile, `/rest/v1/rpc/${action}`, { conversation_id })).status < 300);
    const [message] = await thread(cloud, account, phone);
    assert.equal(message?.status, 'read');
    const asked = (await requestsOf(cloud, channel)).filter(({ body }) => body?.['message_id'] === message?.id);
    assert.deepEqual(
      asked.map(({ body, status }) => [body['typing_indicator'], status]),
      [
        [{ type: 'text' }, 200],
        [undefined, 200],
      ],
    );
  });

  test('templates are read from Meta, and follow what it decides', async () => {
    const synced = await ask(cloud, nile, '/rest/v1/rpc/sync_templates', { channel_account_id: account.id });
    assert.deepEqual([synced.status, synced.body], [200, { templates: 10 }]);
    const path = `templates?name=eq.new_offer&channel_account_id=eq.${account.id}`;
    assert.equal((await rows(cloud, nile, path))[0]?.['status'], 'PENDING');
    await does('template', { name: 'new_offer', language: 'en_US', event: 'REJECTED', reason: 'PROMOTIONAL' });
    const row = await eventually('the refusal', async () => {
      const [one] = await rows(cloud, nile, path);
      return one?.['status'] === 'REJECTED' && one;
    });
    assert.equal(row['reason'], 'PROMOTIONAL');
    assert.equal((await rows(cloud, gulf, 'templates?name=eq.new_offer')).length, 0);
  });

  test('after a change of number the conversation goes on with the new one', async () => {
    const phone = await customer(cloud, account, '+201570000008');
    const before = await sendText(cloud, nile, { channel, to: phone.address, message: 'To the old number' });
    await whenMessage(cloud, nile, before, 'DELIVERED');
    // it is the conversation that has the number, and that is written a moment after the first message
    await conversationWith(cloud, nile, phone, account);
    await does('number', { phone: phone.id, address: '+201570000088' });
    await inboundOf(before, 'system');
    const conversation_id = before['conversation_id'];
    const answer = await eventually('the new number', async () => {
      const sent = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
        conversation_id,
        message: 'To the new',
      });
      const row = await whenMessage(cloud, nile, sent.body['message'] as Row, (one) => one['status'] !== 'PENDING');
      return row['status'] !== 'FAILED' && row;
    });
    await whenMessage(cloud, nile, answer, 'DELIVERED');
    assert.equal((await thread(cloud, account, phone)).at(-1)?.text, 'To the new');
  });

  test('what the business writes in its phone stands once in the conversation, and an ad is told of before the words', async () => {
    const phone = await customer(cloud, account, '+201570000009');
    await does('echo', { phone: phone.id, text: 'From the shop phone' });
    const [echo, ...more] = await someRows(cloud, nile, 'messages?message=eq.From the shop phone');
    assert.deepEqual([echo?.['direction'], echo?.['status'], more.length], ['OUTBOUND', 'SENT', 0]);
    const referral = { source_type: 'ad', source_id: '1', source_url: 'https://fb.me/x', headline: 'Winter roast' };
    await act(cloud, account, phone, { type: 'raw', message: { type: 'text', text: { body: 'How much?' }, referral } });
    const words = await inboundSaying(cloud, nile, 'How much?');
    const before = (await ofConversation(words)).filter(({ type }) => type === 'system');
    assert.deepEqual(
      before.map(({ message }) => message),
      ['Came through the ad Winter roast https://fb.me/x'],
    );
  });

  test('news of the account are for its own organization, and are believed only when signed', async () => {
    const change = {
      field: 'account_update',
      value: { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SCAM' } },
    };
    const forged = signCloud({ ...account, app_secret: 'guessed' }, cloudEnvelope(account, [change]));
    assert.equal((await post(forged)).status, 401);
    const told = await post(signCloud(account, cloudEnvelope(account, [change])));
    assert.deepEqual(await told.json(), { success: true, applied: 1, quarantined: 0 });
    const unknown = { ...account, waba_id: '999999999', external_id: freshId() };
    const strange = await post(signCloud(account, cloudEnvelope(unknown, [change])));
    assert.deepEqual(await strange.json(), { success: true, applied: 0, quarantined: 1 });
  });

  test('what Meta would refuse is refused at once, by the name of its field', async () => {
    const to = '+201570000003';
    const card = { text: 'a', image: link, buttons: [{ id: 'a', title: 'A' }] };
    const refused: [number, RegExp, object][] = [
      [422, /message has 4097/, { message: 'x'.repeat(4097) }],
      [422, /cards has 1 items/, { message: 'a', interactive: { kind: 'carousel', cards: [card] } }],
      [422, /template\.buttons\[1\] repeats/, { template: { ...named(), buttons: [at(0), at(0)] } }],
      [400, /template\.buttons\.0.*url, payload and code/, { template: { ...named(), buttons: [{ index: 0 }] } }],
      [400, /template\.header\.type/, { template: { ...named(), header: { type: 'audio', url: link } } }],
      [422, /'options': has no field 'preview'/, { message: 'a', options: { preview: true } }],
    ];
    for (const [status, words, request] of refused) {
      const answer = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', { to, ...request });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(String(answer.body['message']), words);
    }
  });
});

function named(): object {
  return { name: 'order_photo', language: 'en_US' };
}

function at(index: number): object {
  return { index, url: 'x' };
}

/** What Meta, or the business in its phone, does. */
async function does(verb: string, body: object): Promise<void> {
  const done = (await control(cloud, `${channel}/accounts/${account.external_id}/${verb}`, 'POST', body)) as Row;
  assert.equal(done['webhook_status'], 200);
}

async function delivered(phone: Phone, interactive: object): Promise<Row> {
  const sent = await sendText(cloud, nile, {
    channel,
    to: phone.address,
    message: 'Please choose',
    interactive,
  });
  return whenMessage(cloud, nile, sent, 'DELIVERED');
}

async function inboundOf({ conversation_id }: Row, type: string): Promise<Row> {
  const path = `messages?direction=eq.INBOUND&type=eq.${type}&conversation_id=eq.${String(conversation_id)}`;
  return (await someRows(cloud, nile, path))[0];
}

function ofConversation({ conversation_id }: Row): Promise<Row[]> {
  return rows(cloud, nile, `messages?conversation_id=eq.${String(conversation_id)}`);
}

/** The messages of the conversation with a phone. */
async function found(_what: string, phone: Phone): Promise<Row[] | undefined> {
  const contacts = await rows(cloud, nile, `contacts?phone=eq.${encodeURIComponent(phone.address)}`);
  return contacts[0] && rows(cloud, nile, `messages?contact_id=eq.${contacts[0].id}`);
}
