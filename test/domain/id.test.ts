import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import {
  conversationIdOf,
  newChannelAccountId,
  newMessageId,
  parseMessageId,
  receivedMessageId,
} from '@parley/core/domain/id.ts';
import { parseReference, referenceOf } from '@parley/core/domain/reference.ts';

const conversation = conversationIdOf(newChannelAccountId(), 'phone:+201001234567');

test('a received message has the same id on every delivery, and another for any other message', () => {
  const at = Date.UTC(2026, 0, 15, 10);
  const id = receivedMessageId(conversation, at, 'wamid.A');
  assert.equal(receivedMessageId(conversation, at, 'wamid.A'), id);
  assert.notEqual(receivedMessageId(conversation, at, 'wamid.B'), id);
  assert.notEqual(receivedMessageId(conversation, at + 1000, 'wamid.A'), id);
});

test('a message id holds its time and its conversation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 43 }), fc.string(), (at, providerId) => {
      const parsed = parseMessageId(receivedMessageId(conversation, at, providerId));
      assert.equal(parsed?.at, at);
      assert.equal(parsed.conversationId, conversation);
    }),
  );
});

test('ids of our own rise, also within a millisecond', () => {
  const ids = Array.from({ length: 5000 }, () => newMessageId(conversation));
  assert.deepEqual(ids, ids.toSorted());
});

test('a reference leads back to the attempt; anything else leads nowhere', () => {
  const attempt = { id: newMessageId(conversation), attempt: 3 };
  assert.deepEqual(parseReference(referenceOf(attempt)), attempt);
  fc.assert(fc.property(fc.string(), (text) => assert.equal(parseReference(text), undefined)));
  assert.equal(parseReference(`${attempt.id}.x`), undefined);
  assert.equal(parseReference(`${attempt.id}.1.1`), undefined);
});
