import assert from 'node:assert/strict';
import test from 'node:test';
import { hasActs, ownReaction, possibleActs } from '../../inbox/src/acts/possible-acts.ts';
import type { MessageRow } from '../../inbox/src/api/rows.ts';
import type { ChannelRow } from '../../inbox/src/api/sending-rows.ts';
import { at, messageRow } from './rows.ts';

const able: ChannelRow = {
  name: 'telegram',
  label: 'Telegram',
  outbound: true,
  address: 'chat',
  template: false,
  reaction: 'some',
  reactions: ['❤', '👍'],
  reply: true,
  formatting: ['bold'],
  actions: ['typing', 'edit', 'delete'],
  send_window: null,
};
const ours = messageRow('msg_1', 0, { direction: 'OUTBOUND', status: 'SENT', provider_message_id: 'p1' });
const theirs = messageRow('msg_2', 0, { provider_message_id: 'p2' });

test('our own message can be changed where the channel can, the customer’s never', () => {
  assert.deepEqual(namesOf(possibleActs(ours, able)), ['reply', 'copy', 'forward', 'edit', 'remove']);
  assert.deepEqual(namesOf(possibleActs(theirs, able)), ['reply', 'copy', 'forward']);
  assert.deepEqual(namesOf(possibleActs(ours, { ...able, actions: [], reply: false })), ['copy', 'forward']);
});

test('while it is not known what the channel can, only what needs no channel is offered', () => {
  assert.deepEqual(namesOf(possibleActs(ours, undefined)), ['copy', 'forward']);
});

test('a message that waits for its time can be edited on any channel, and not be answered', () => {
  const scheduled_at = new Date(Date.now() + 60_000).toISOString();
  const waiting = { ...ours, status: 'PENDING' as const, provider_message_id: null, scheduled_at };
  assert.deepEqual(namesOf(possibleActs(waiting, { ...able, actions: [] })), ['copy', 'forward', 'edit']);
});

test('the emoji are those that the channel takes', () => {
  assert.deepEqual(possibleActs(theirs, able).reactions, ['❤', '👍']);
  assert.ok(possibleActs(theirs, { ...able, reaction: 'any', reactions: null }).reactions.includes('👍'));
  assert.deepEqual(possibleActs(theirs, { ...able, reaction: 'none' }).reactions, []);
  assert.deepEqual(possibleActs({ ...theirs, provider_message_id: null }, able).reactions, []);
});

test('nothing is offered for what is gone, not there yet, or no message of a person', () => {
  assert.ok(hasActs(ours));
  assert.ok(!hasActs({ ...ours, deleted_at: at(1) }));
  assert.ok(!hasActs({ ...ours, id: 'local:1' }));
  for (const type of ['system', 'reaction'] as const) assert.ok(!hasActs({ ...theirs, type }));
});

test('our reaction is the last one that was not refused, and may have been taken back', () => {
  assert.equal(ownReaction(theirs, [reaction('👍'), reaction('❤')]), '❤');
  assert.equal(ownReaction(theirs, [reaction('👍'), reaction('❤', { status: 'FAILED' })]), '👍');
  assert.equal(ownReaction(theirs, [reaction('👍'), reaction(null)]), null);
  assert.equal(ownReaction(theirs, [reaction('👍', { direction: 'INBOUND' })]), null);
});

function reaction(emoji: string | null, over: Partial<MessageRow> = {}): MessageRow {
  const columns = { direction: 'OUTBOUND', status: 'SENT', reaction: { emoji, target: 'p2' } } as const;
  return messageRow(`r${emoji}`, 1, { ...columns, ...over });
}

function namesOf(can: ReturnType<typeof possibleActs>): string[] {
  return Object.entries(can).flatMap(([name, value]) => (value === true ? [name] : []));
}
