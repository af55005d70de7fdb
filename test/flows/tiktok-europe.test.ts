import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { addPhone, clearFaults, fault, HELD_MS, requestsOf, write } from '../support/phones.ts';
import { whenMessage } from '../support/sends.ts';
import { onTikTok } from '../support/tiktok.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const { account, conversationOf, messagesOf, textsOn, send } = onTikTok(cloud, nile);

suite('TikTok in Europe', () => {
  after(() => cloud.close());

  test('a customer in Europe is found in the lists, and answered like anyone else', async () => {
    const [lena, jan] = await Promise.all(
      ['680000000000099', '680000000000098'].map((start) => addPhone(cloud, 'tiktok', `${start}0049`)),
    );
    assert.ok(lena && jan);
    await write(cloud, account, lena, 'Hallo');
    await write(cloud, account, jan, 'Dobrý den');
    for (const [phone, text] of [
      [lena, 'Hallo'],
      [jan, 'Dobrý den'],
    ] as const) {
      const conversation = await conversationOf(phone);
      const [message] = await messagesOf(conversation);
      assert.deepEqual([message?.['type'], message?.['message']], ['text', text]);
      await whenMessage(cloud, nile, await send({ conversation_id: conversation.id, message: 'Hello' }), 'SENT');
      assert.deepEqual(await textsOn(phone), [text, 'Hello']);
    }
  });

  test('the webhook of a customer in Europe is answered before TikTok is asked, however slow TikTok is', async () => {
    const phone = await addPhone(cloud, 'tiktok', '6800000000000960049');
    await control(cloud, 'tiktok/requests', 'DELETE');
    await fault(cloud, 'tiktok', { path: 'conversation/list', times: 2, delay_ms: HELD_MS });
    const began = Date.now();
    await write(cloud, account, phone, 'Langsam');
    assert.ok(Date.now() - began < HELD_MS, `answered after ${Date.now() - began} ms`);
    await eventually('TikTok is asked', async () =>
      (await requestsOf(cloud, 'tiktok')).some(({ path }) => path.includes('conversation/list')),
    );
    await clearFaults(cloud, 'tiktok');
    const [message] = await messagesOf(await conversationOf(phone));
    assert.equal(message?.['message'], 'Langsam');
  });

  test('where TikTok is down it is asked again, and the message is there once', async () => {
    const phone = await addPhone(cloud, 'tiktok', '6800000000000950049');
    await fault(cloud, 'tiktok', { path: 'conversation/list', times: 2, code: 51065 });
    await write(cloud, account, phone, 'Noch einmal');
    const conversation = await conversationOf(phone);
    assert.deepEqual(
      (await messagesOf(conversation)).map(({ message }) => message),
      ['Noch einmal'],
    );
    assert.equal((await notes()).length, 0);
  });

  test('where the lists can not be had for long, the inbox has a note of it, in a thread that can not be answered', async () => {
    const phone = await addPhone(cloud, 'tiktok', '6800000000000970049');
    await fault(cloud, 'tiktok', { path: 'conversation/list', times: 1000, code: 51065 });
    await write(cloud, account, phone, 'Hallo?');
    await lastTry();
    await clearFaults(cloud, 'tiktok');
    const conversation = await eventually('the thread', async () =>
      (await rows(cloud, nile, 'conversations?channel=eq.tiktok')).find(({ last_message_preview: preview }) =>
        String(preview).startsWith('A customer in Europe wrote'),
      ),
    );
    const [note] = await messagesOf(conversation);
    assert.equal(note?.['type'], 'unsupported');
    const sent = await send({ conversation_id: conversation.id, message: 'hi' });
    const row = await whenMessage(cloud, nile, sent, 'FAILED');
    assert.equal((row['error'] as Row)['class'], 'recipient_unavailable');
  });
});

/** The media function gets what the newest webhook told for the eighth time. */
async function lastTry(): Promise<void> {
  const [hook] = ((await control(cloud, 'tiktok/webhooks')) as Row[]).toReversed();
  const channel = await loadChannel('tiktok');
  const [element] = await channel.normalise(hook?.['body']);
  assert.ok(element?.ok && element.event.kind === 'withheld');
  const task = { organizationId: nile.id, channelAccountId: account.id, event: { told: element.event } };
  const record = { messageId: 'm', receiptHandle: 'r', body: JSON.stringify(task) };
  await invoke(cloud, 'Media', { Records: [{ ...record, attributes: { ApproximateReceiveCount: '8' } }] });
}

async function notes(): Promise<Row[]> {
  const all = await rows(cloud, nile, 'messages?channel=eq.tiktok&type=eq.unsupported');
  return all.filter(({ message }) => String(message).startsWith('A customer in Europe wrote'));
}
