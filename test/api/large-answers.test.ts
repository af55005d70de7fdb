import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, suite, test } from 'node:test';
import type { ConversationId, MessageId } from '@parley/core/domain/id.ts';
import { appendToFeed } from '@parley/core/store/feed.ts';
import { ask, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { useStoreOf } from '../support/table.ts';
import { freshId } from '../support/webhooks.ts';

const cloud = await testCloud();
const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
const SEND = '/functions/v1/email-send';
const LONG = 'ب'.repeat(30_000);
const soon = new Date(Date.now() + 3_600_000).toISOString();

suite('answers that would be too large', () => {
  after(() => cloud.close());

  test('to a hundred with a long text: each is told its id, and sent to once', async () => {
    const to = Array.from({ length: 100 }, (_, index) => `reader${index}@large.example`);
    const answer = await ask(cloud, nile, SEND, { to, message: LONG, scheduled_at: soon });
    assert.equal(answer.status, 200);
    const results = answer.body['results'] as (Row & { result: { id: string } })[];
    assert.equal(results.length, 100);
    for (const { success, message, result } of results) {
      assert.equal(success, true);
      assert.equal(message, null);
      assert.match(result.id, /^msg_/);
    }
    const [row] = await rows(cloud, nile, `messages?id=eq.${results[0]?.result.id}`);
    assert.equal(row?.['message'], LONG);
  });

  test('reading them all at once is refused with what to do, and fewer are read', async () => {
    await cloud.drain();
    const path = '/rest/v1/scheduled_messages?channel=eq.email';
    const refused = await ask(cloud, nile, `${path}&limit=100`);
    assert.equal(refused.status, 400, JSON.stringify(refused.body).slice(0, 200));
    assert.equal(refused.body['code'], 'answer_too_large');
    assert.match(String(refused.body['hint']), /limit.*select/);
    assert.equal((await rows(cloud, nile, 'scheduled_messages?channel=eq.email&limit=20')).length, 20);
    assert.equal((await rows(cloud, nile, 'scheduled_messages?channel=eq.email&select=id&limit=100')).length, 100);
  });

  test('a thousand batches of changes may be too many for one answer, and fewer are read', async () => {
    await useStoreOf(cloud);
    const [conversationId, messageId] = ['conv_1', `msg_${randomUUID()}_${randomUUID()}`] as [
      ConversationId,
      MessageId,
    ];
    const change = { type: 'message.updated' as const, conversationId, messageId };
    const batch = Array.from({ length: 100 }, () => change);
    const first = await appendToFeed(gulf.id, batch, 'batch 0', Date.now());
    for (let count = 1; count < 400; count += 1) await appendToFeed(gulf.id, batch, `batch ${count}`, Date.now());
    const refused = await ask(cloud, gulf, `/rest/v1/changes?seq=gte.${first}&limit=1000`);
    assert.deepEqual([refused.status, refused.body['code']], [400, 'answer_too_large']);
    assert.equal((await rows(cloud, gulf, `changes?seq=gte.${first}`)).length, 100);
  });

  test('under a key the whole answer is kept, however long the text', async () => {
    const to = Array.from({ length: 20 }, (_, index) => `again${index}@large.example`);
    const headers = { 'Idempotency-Key': freshId(), 'Content-Type': 'application/json' };
    const body = JSON.stringify({ to, message: LONG, scheduled_at: soon });
    const [first, again] = [
      await ask(cloud, nile, SEND, undefined, { method: 'POST', headers, body }),
      await ask(cloud, nile, SEND, undefined, { method: 'POST', headers, body }),
    ];
    assert.equal(first.status, 200, JSON.stringify(first.body).slice(0, 200));
    assert.deepEqual(again.body, first.body);
    const results = first.body['results'] as (Row & { message: Row })[];
    assert.equal(results[19]?.message['message'], LONG);
  });
});
