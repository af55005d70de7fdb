import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, rows, testCloud, rpc } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { customer, fault, requestsOf, thread, write } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { sendText, whenMessage } from '../support/sends.ts';
import { post, telegramMember } from '../support/webhooks.ts';
import { conversationWith } from '../support/conversations.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
const meta = accountOf(nile, 'whatsapp_cloud');
const lite = accountOf(nile, 'whatsapp_lite');

suite('what an agent does besides sending', () => {
  after(() => cloud.close());

  test('typing is shown to the customer', async () => {
    const phone = await customer(cloud, bot, '752000001');
    const { id } = await conversationWith(cloud, nile, phone, bot);
    assert.equal((await rpc(cloud, nile, 'typing', { conversation_id: id })).status, 204);
    const [asked] = (await requestsOf(cloud, 'telegram')).filter(({ path }) => path.endsWith('/sendChatAction'));
    assert.ok(asked);
  });

  test('reading a conversation is told to the customer where the channel can, once', async () => {
    const phone = await customer(cloud, meta, '+201552000002');
    const { id } = await conversationWith(cloud, nile, phone, meta);
    await rpc(cloud, nile, 'mark_read', { conversation_id: id });
    await rpc(cloud, nile, 'mark_read', { conversation_id: id });
    const told = (await requestsOf(cloud, 'whatsapp_cloud')).filter(({ body }) => (body as Row)['status'] === 'read');
    assert.equal(told.length, 1);
  });

  test('a sent message is edited and deleted at the provider and here', async () => {
    const phone = await customer(cloud, bot, '752000003');
    const sent = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'At four' });
    await whenMessage(cloud, nile, sent, 'SENT');
    const edited = await rpc(cloud, nile, 'edit_message', { message_id: sent.id, message: 'At five' });
    assert.equal(edited.status, 200, JSON.stringify(edited.body));
    assert.equal(edited.body['message'], 'At five');
    assert.ok(edited.body['edited_at']);
    assert.equal((await shownTo(phone)).at(-1)?.text, 'At five');
    const deleted = await rpc(cloud, nile, 'delete_message', { message_id: sent.id });
    assert.ok(deleted.body['deleted_at']);
    assert.ok(!(await shownTo(phone)).some(({ text }) => text === 'At five'));
    assert.equal(
      (await rpc(cloud, nile, 'edit_message', { message_id: sent.id, message: 'Again' })).body['code'],
      'not_sent',
    );
  });

  test('an edit carries formatting: in Markdown, as entities, or as far as the channel has it', async () => {
    const phone = await customer(cloud, bot, '752000006');
    const sent = await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'At four' });
    await whenMessage(cloud, nile, sent, 'SENT');
    const edit = (words: object) => rpc(cloud, nile, 'edit_message', { message_id: sent.id, ...words });
    const marked = await edit({ message: 'At **five**', format: 'markdown' });
    assert.equal(marked.body['message'], 'At five');
    assert.deepEqual(marked.body['entities'], [{ type: 'bold', offset: 3, length: 4 }]);
    const [told] = (await requestsOf(cloud, 'telegram')).slice(-1);
    assert.deepEqual(told?.body['entities'], [{ type: 'bold', offset: 3, length: 4 }]);
    const given = await edit({ message: 'At six', entities: [{ type: 'italic', offset: 3, length: 3 }] });
    assert.deepEqual(given.body['entities'], [{ type: 'italic', offset: 3, length: 3 }]);
    assert.deepEqual((await edit({ message: 'At **six**' })).body['message'], 'At **six**');
    const both = await edit({ message: 'x', format: 'markdown', entities: [] });
    assert.deepEqual([both.status, both.body['code']], [400, 'contradiction']);
    const strange = await edit({ message: 'x', entities: [{ type: 'huge', offset: 0, length: 1 }] });
    assert.deepEqual([strange.body['code'], strange.body['details']], ['invalid_field', 'entities.0.type']);
  });

  test('what a channel has not is refused in words', async () => {
    const phone = await customer(cloud, meta, '+201552000004');
    const sent = await sendText(cloud, nile, { channel: 'whatsapp_cloud', to: phone.address, message: 'Final' });
    await whenMessage(cloud, nile, sent, (row) => row['provider_message_id'] !== null);
    const answer = await rpc(cloud, nile, 'edit_message', { message_id: sent.id, message: 'Changed' });
    assert.equal(answer.status, 422);
    assert.equal(answer.body['code'], 'not_supported');
    assert.match(String(answer.body['message']), /WhatsApp/);
  });

  test('a reaction goes to the message it names', async () => {
    const phone = await customer(cloud, meta, '+201552000005');
    const { id } = await conversationWith(cloud, nile, phone, meta);
    const [theirs] = await rows(cloud, nile, `messages?conversation_id=eq.${id}`);
    const sent = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
      conversation_id: id,
      reaction: { emoji: '👍', message_id: theirs?.id },
    });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    await whenMessage(cloud, nile, sent.body['message'] as Row, 'DELIVERED');
    const told = (await requestsOf(cloud, 'whatsapp_cloud')).map(({ body }) => body['reaction']).filter(Boolean);
    assert.deepEqual(told, [{ message_id: theirs?.['provider_message_id'], emoji: '👍' }]);
    const foreign = await ask(cloud, nile, '/functions/v1/whatsapp-cloud-send', {
      to: '+201552000006',
      reaction: { emoji: '👍', message_id: theirs?.id },
    });
    assert.equal(foreign.body['code'], 'invalid_reaction');
  });

  test('a message is passed on to someone else, on another channel too', async () => {
    const from = await customer(cloud, meta, '+201552000007');
    await write(cloud, meta, from, 'The address is 5 Tahrir');
    const { id } = await conversationWith(cloud, nile, from, meta);
    const original = await eventually('the message', async () =>
      (await rows(cloud, nile, `messages?conversation_id=eq.${id}`)).find(({ message }) =>
        String(message).startsWith('The address'),
      ),
    );
    const to = await customer(cloud, bot, '752000008');
    const sent = await ask(cloud, nile, '/functions/v1/telegram-send', { to: to.address, forward_of: original.id });
    assert.equal(sent.status, 200, JSON.stringify(sent.body));
    assert.equal((sent.body['message'] as Row)['forward_of_id'], original.id);
    await whenMessage(cloud, nile, sent.body['message'] as Row, 'SENT');
    assert.equal((await shownTo(to)).at(-1)?.text, 'The address is 5 Tahrir');
  });

  test('someone who blocked the bot is not written to until they come back', async () => {
    const phone = await customer(cloud, bot, '752000009');
    await post(telegramMember(bot, 752000009, 'kicked'));
    await cloud.drain();
    const refused = await ask(cloud, nile, '/functions/v1/telegram-send', { to: phone.address, message: 'Hello?' });
    assert.equal(refused.status, 422);
    assert.equal(refused.body['code'], 'blocked');
    await post(telegramMember(bot, 752000009, 'member'));
    await cloud.drain();
    await sendText(cloud, nile, { channel: 'telegram', to: phone.address, message: 'Welcome back' });
  });

  test('unknown options are refused by name', async () => {
    const answer = await ask(cloud, nile, '/functions/v1/telegram-send', {
      to: '752000010',
      message: 'x',
      options: { no_such: true },
    });
    assert.equal(answer.status, 422);
    assert.match(String(answer.body['message']), /no_such/);
  });

  test('an action says what is missing', async () => {
    for (const [action, field] of [
      ['typing', 'conversation_id'],
      ['mark_read', 'conversation_id'],
      ['edit_message', 'message_id'],
      ['delete_message', 'message_id'],
      ['sync_templates', 'channel_account_id'],
    ] as const) {
      const answer = await rpc(cloud, nile, action, {});
      assert.equal(answer.status, 400, action);
      assert.equal(answer.body['details'], field);
    }
    assert.equal((await rpc(cloud, nile, 'no_such_action', {})).status, 404);
  });

  test('an account without templates says so; one with them lists them', async () => {
    assert.equal(
      (await rpc(cloud, nile, 'sync_templates', { channel_account_id: lite.id })).body['code'],
      'not_supported',
    );
    const synced = await rpc(cloud, nile, 'sync_templates', { channel_account_id: meta.id });
    assert.equal(synced.status, 200, JSON.stringify(synced.body));
    const listed = await rows(cloud, nile, `templates?channel_account_id=eq.${meta.id}`);
    assert.equal(listed.length, synced.body['templates']);
    assert.ok(listed.length > 0);
    assert.ok(listed.every((row) => typeof row['status'] === 'string'));
  });

  test('a provider that takes no more for now says when to ask again, and so do we', async () => {
    const phone = await customer(cloud, bot, '752000011');
    const { id } = await conversationWith(cloud, nile, phone, bot);
    const busy = { status: 429, retry_after: 7 };
    await fault(cloud, 'telegram', { ...busy, path: 'sendChatAction' });
    const typing = await rpc(cloud, nile, 'typing', { conversation_id: id });
    assert.deepEqual([typing.status, typing.headers.get('retry-after')], [429, '7']);
    await fault(cloud, 'telegram', { ...busy, path: 'getMe' });
    const account = { channel: 'telegram', credentials: { bot_token: bot.bot_token, secret_token: bot.secret_token } };
    const asked = await ask(cloud, nile, '/rest/v1/channel_accounts', account);
    assert.deepEqual(
      [asked.status, asked.body['code'], asked.headers.get('retry-after')],
      [429, 'probe_failed', '7'],
      JSON.stringify(asked.body),
    );
    await fault(cloud, 'whatsapp_cloud', { status: 429, headers: { 'Retry-After': '8' }, path: 'message_templates' });
    const synced = await rpc(cloud, nile, 'sync_templates', { channel_account_id: meta.id });
    assert.deepEqual([synced.status, synced.headers.get('retry-after')], [429, '8']);
  });
});

async function shownTo(phone: Phone) {
  return (await thread(cloud, bot, phone)).filter(({ from }) => from === 'business');
}
