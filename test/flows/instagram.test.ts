import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import { freshMid, metaWebhook } from '../support/meta.ts';
import { addPhone, customer, fault, thread, write } from '../support/phones.ts';
import { historyOf, sendText, whenMessage } from '../support/sends.ts';
import { post } from '../support/webhooks.ts';

const channel = 'instagram';
const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations;
assert.ok(nile && gulf);
const account = accountOf(nile, channel);

describe('Instagram', () => {
  after(() => cloud.close());

  for (const [organization, login] of [
    [nile, 'instagram'],
    [gulf, 'facebook'],
  ] as const) {
    test(`after a login with ${login}: a customer writes, the business answers, and the answer is seen`, async () => {
      const account = accountOf(organization, channel);
      assert.equal(account.login, login);
      const phone = await addPhone(cloud, channel, login === 'instagram' ? '8100000000000001' : '8100000000000002');
      await write(cloud, account, phone, `سؤال عن ${login}`);
      const [received] = await eventually('the message', () =>
        found(organization, `messages?message=eq.سؤال عن ${login}`),
      );
      const sent = await sendText(cloud, organization, { channel, to: phone.address, message: 'جواب' });
      assert.equal(sent['conversation_id'], received?.['conversation_id']);
      await whenMessage(cloud, organization, sent, 'SENT');
      await eventually('the answer on the phone', async () => (await thread(cloud, account, phone)).length === 2);
      await control(cloud, `${channel}/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
      const read = await whenMessage(cloud, organization, sent, 'READ');
      assert.deepEqual(historyOf(read), ['PENDING', 'SENT', 'READ']);
      const path = `messages?conversation_id=eq.${String(sent['conversation_id'])}`;
      assert.equal((await found(organization, path))?.length, 2);
    });
  }

  test('what is seen marks what was sent before it, and what is sent into an open thread is seen at once', async () => {
    const phone = await customer(cloud, account, '8100000000000003');
    const first = await sendText(cloud, nile, { channel, to: phone.address, message: 'one' });
    await whenMessage(cloud, nile, first, 'SENT');
    await control(cloud, `${channel}/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
    const second = await sendText(cloud, nile, { channel, to: phone.address, message: 'two' });
    for (const sent of [first, second]) await whenMessage(cloud, nile, sent, 'READ');
  });

  test('an echo or a seen that overtakes the answer makes no second message and is not lost', async () => {
    const phone = await customer(cloud, account, '8100000000000004');
    await control(cloud, `${channel}/phones/${phone.id}/open`, 'PUT', { account: account.external_id });
    const choice = { id: 'Y', title: 'Yes' };
    for (const kind of ['quick_replies', 'buttons']) {
      await fault(cloud, channel, { path: '/messages', delay_ms: 500 });
      const interactive = { kind, buttons: [choice] };
      const sent = await sendText(cloud, nile, {
        channel,
        to: phone.address,
        message: `Sure of ${kind}?`,
        interactive,
      });
      await whenMessage(cloud, nile, sent, 'READ');
    }
    const rows = await found(nile, `messages?message=like.Sure of*`);
    assert.equal(rows?.length, 2);
  });

  test('stories and shares are told in the conversation', async () => {
    const from = '8100000000000005';
    const url = 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1';
    const events = [
      { message: { mid: freshMid(), text: 'An offer?' } },
      { message: { mid: freshMid(), attachments: [{ type: 'story_mention', payload: { url } }] } },
      { message: { mid: freshMid(), text: '🔥', reply_to: { story: { url, id: '1' } } } },
      { message: { mid: freshMid(), attachments: [{ type: 'ig_post', payload: { url, title: 'Winter' } }] } },
      { message: { mid: freshMid(), is_unsupported: true } },
    ];
    for (const [index, event] of events.entries()) {
      const webhook = metaWebhook(account, from, event, { at: Date.now() + index * 10 });
      for (const _ of [1, 2]) assert.equal((await post(webhook)).status, 200);
    }
    const [first] = await eventually('the messages', () => found(nile, 'messages?message=eq.An offer?'));
    const path = `messages?conversation_id=eq.${String(first?.['conversation_id'])}&order=created_at.asc`;
    const all = (await found(nile, path)) ?? [];
    assert.deepEqual(
      all.map(({ type }) => type),
      ['text', 'system', 'system', 'text', 'text', 'unsupported'],
    );
  });

  test('a customer takes a message back, with all its pictures', async () => {
    const from = '8100000000000006';
    const picture = { type: 'image', payload: { url: 'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1' } };
    const mid = freshMid();
    const message = { mid, text: 'These', attachments: [picture, picture, picture] };
    const parts = [mid, `${mid}:1`, `${mid}:2`];
    await post(metaWebhook(account, from, { message }));
    await eventually('the pictures', async () => (await messagesOf(parts)).every((row) => row?.['type'] === 'image'));
    for (const _ of [1, 2]) await post(metaWebhook(account, from, { message: { mid, is_deleted: true } }));
    await eventually('they are gone', async () => (await messagesOf(parts)).every((row) => row?.['deleted_at']));
    assert.doesNotMatch(JSON.stringify(await messagesOf(parts)), /These|asset_id/);
  });

  test('a message taken back on the phone is gone', async () => {
    const phone = await addPhone(cloud, channel, '8100000000000007');
    const path = `${channel}/phones/${phone.id}/messages`;
    const act = (body: object) => control(cloud, path, 'POST', { account: account.external_id, body });
    const { id } = (await act({ type: 'text', text: 'A secret' })) as { id: string };
    await eventually('the message', async () => (await messagesOf([id]))[0]);
    await act({ type: 'unsend', message_id: id });
    await eventually('it is gone', async () => (await messagesOf([id]))[0]?.['deleted_at']);
  });

  test('the subscription check passes with either secret', async () => {
    for (const organization of [nile, gulf]) {
      const path = `${channel}/accounts/${accountOf(organization, channel).external_id}/verify`;
      assert.deepEqual(await control(cloud, path, 'POST', {}), { verified: true });
    }
  });

  test('a text of more than 1000 bytes is refused at once', async () => {
    const request = { to: '8100000000000001', message: 'ش'.repeat(501) };
    const refused = await ask(cloud, nile, '/functions/v1/instagram-send', request);
    assert.equal(refused.status, 422);
    assert.match(String(refused.body['message']), /1002 bytes; the limit is 1000 bytes/);
  });
});

async function found(organization: typeof nile, path: string): Promise<Awaited<ReturnType<typeof rows>> | undefined> {
  assert.ok(organization);
  const list = await rows(cloud, organization, path);
  return list.length > 0 ? list : undefined;
}

function messagesOf(ids: string[]) {
  return Promise.all(ids.map(async (id) => (await found(nile, `messages?provider_message_id=eq.${id}`))?.[0]));
}
