import assert from 'node:assert/strict';
import test from 'node:test';
import {
  contactIdOf,
  conversationIdOf,
  newChannelAccountId,
  newMessageId,
  newOrganizationId,
  receivedMessageId,
} from '@parley/core/domain/id.ts';
import type { Message } from '@parley/core/domain/message.ts';
import { previewOf, summarise } from '@parley/core/domain/summary.ts';

const organizationId = newOrganizationId();
const channelAccountId = newChannelAccountId();
const conversationId = conversationIdOf(channelAccountId, 'phone:+201001234567');

function message(change: Partial<Message>): Message {
  return {
    id: newMessageId(conversationId),
    organizationId,
    conversationId,
    contactId: contactIdOf(organizationId, 'phone:+201001234567'),
    channel: 'whatsapp_cloud',
    channelAccountId,
    direction: 'INBOUND',
    counterparty: { identities: [{ kind: 'phone', value: '+201001234567' }], name: 'Mona' },
    body: { type: 'text', text: 'hello' },
    attempt: 1,
    progress: {},
    storedAt: 1000,
    updatedAt: 1000,
    ...change,
  };
}

function idAt(time: number): Message['id'] {
  return receivedMessageId(conversationId, time, 'wamid.1');
}

test('what a customer does counts as when they last wrote; what is said of their number does not', () => {
  const wrote = summarise(undefined, [message({ storedAt: 1000 })]);
  const notice = (event: string) => message({ storedAt: 2000, body: { type: 'system', event, text: 'x' } });
  for (const event of ['user_changed_number', 'user_changed_user_id', 'customer_identity_changed'])
    assert.equal(summarise(wrote, [notice(event)]).lastInboundAt, 1000, event);
  assert.equal(summarise(wrote, [notice('story_mention')]).lastInboundAt, 2000);
  assert.equal(summarise(undefined, [notice('customer_identity_changed')]).lastInboundAt, undefined);
});

test('a message whose webhook comes late was written when its provider says, and none later than it came', () => {
  const written = Date.UTC(2026, 0, 10);
  const DAY = 86_400_000;
  const late = summarise(undefined, [message({ id: idAt(written), storedAt: written + 3 * DAY })]);
  assert.deepEqual([late.lastInboundAt, late.lastMessageAt], [written, written + 3 * DAY]);
  const fast = summarise(undefined, [message({ id: idAt(written + DAY), storedAt: written })]);
  assert.equal(fast.lastInboundAt, written);
});

test('unread counts what reached us after an agent last read, and nothing the business sent', () => {
  const first = summarise(undefined, [
    message({}),
    message({ storedAt: 1001 }),
    message({ storedAt: 1002, direction: 'OUTBOUND' }),
  ]);
  assert.equal(first.unreadCount, 2);
  const read = { ...first, unreadCount: 0, readAt: 2000 };
  assert.equal(summarise(read, [message({ storedAt: 1999 }), message({ storedAt: 2001 })]).unreadCount, 1);
});

test('an older message that comes late does not take the place of a newer one', () => {
  const now = summarise(undefined, [message({ storedAt: 5000, body: { type: 'text', text: 'new' } })]);
  const later = summarise(now, [message({ storedAt: 4000, body: { type: 'text', text: 'old' } })]);
  assert.deepEqual([later.lastMessagePreview, later.lastMessageAt, later.unreadCount], ['new', 5000, 2]);
});

test('a preview is one line and cuts no letter, accent or emoji in two', () => {
  assert.equal(previewOf({ type: 'text', text: 'one\n two\t three ' }), 'one two three');
  const family = '👨‍👩‍👧‍👦';
  const cut = previewOf({ type: 'text', text: family.repeat(100) });
  assert.equal(cut, `${family.repeat(79)}…`);
  assert.equal(previewOf({ type: 'text', text: family.repeat(80) }), family.repeat(80));
  assert.equal(previewOf({ type: 'text', text: family.repeat(81) }), cut);
  assert.equal(previewOf({ type: 'image', media: { status: 'pending' } }), '');
});

test('of a file without words the preview is its name, but what a camera or a microphone named says nothing', () => {
  const media = { status: 'ready', filename: 'March.pdf' } as const;
  assert.equal(previewOf({ type: 'document', media }), 'March.pdf');
  assert.equal(previewOf({ type: 'document', media, text: 'The invoice' }), 'The invoice');
  assert.equal(previewOf({ type: 'audio', media: { ...media, filename: 'song.mp3' } }), 'song.mp3');
  assert.equal(previewOf({ type: 'audio', media: { ...media, filename: 'PTT-1.ogg', voice: true } }), '');
  assert.equal(previewOf({ type: 'image', media: { ...media, filename: 'IMG_1.jpg' } }), '');
});

test('the newest message says its kind and whose it is, of a notice also what about; an older one that comes late does not', () => {
  const first = summarise(undefined, [message({ body: { type: 'image', media: { status: 'pending' } } })]);
  assert.deepEqual(first.lastMessage, { type: 'image', direction: 'INBOUND' });
  const notice = { type: 'system', event: 'opted_out', text: 'Stop' } as const;
  const next = summarise(first, [message({ storedAt: 2000, direction: 'OUTBOUND', body: notice }), message({})]);
  assert.deepEqual(next.lastMessage, { type: 'system', direction: 'OUTBOUND', event: 'opted_out' });
  const late = summarise(next, [message({ storedAt: 1500 })]);
  assert.deepEqual(late.lastMessage, next.lastMessage);
});
