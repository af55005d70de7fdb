import assert from 'node:assert/strict';
import test from 'node:test';
import type { MessageId } from '@parley/core/domain/id.ts';
import { isAsGoodAsGone, isSoftBounce } from '@parley/core/domain/soft-bounces.ts';
import type { ErrorClass, Progress } from '@parley/core/domain/status.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-10T12:00:00Z');
const body = { type: 'text', text: 'x' } as const;

type Past = Parameters<typeof isAsGoodAsGone>[0][number];

/** Mails of a conversation from one letter each, the newest first, a day apart: `b`ounced, `p`olicy, `s`ent, `d`elivered, `w`aiting, `i`nbound, and a `n`ote. */
function conversation(letters: string): Past[] {
  return letters.split('').map((letter, index) => ({
    id: `msg_${index}` as MessageId,
    direction: letter === 'i' || letter === 'n' ? 'INBOUND' : 'OUTBOUND',
    body: letter === 'n' ? { type: 'system', text: 'x', event: 'opted_out' } : body,
    progress: progressOf(letter, NOW - index * DAY),
  }));
}

function progressOf(letter: string, at: number): Progress {
  if (letter === 'b') return bounced('recipient_unavailable', at);
  if (letter === 'p') return bounced('account_restricted', at);
  if (letter === 's') return { sent: { at } };
  return letter === 'd' ? { sent: { at }, delivered: { at } } : {};
}

function bounced(kind: ErrorClass, at: number): Progress {
  const error = { code: 'c', class: kind, message: 'm', permanent: true };
  return { sent: { at }, failed: { at, detail: 'bounced', error } };
}

/** [the conversation, which of it has just come back, whether the address is as good as gone] */
const cases: [letters: string, place: number, gone: boolean, why: string][] = [
  ['bbbbbb', 0, true, 'six, over five days'],
  ['bbbbb', 0, false, 'five, over four days'],
  ['b', 0, false, 'one'],
  ['bbsbbbbbb', 0, false, 'one did not come back'],
  ['bbdbbbbbb', 0, false, 'one was delivered'],
  ['bbibbbbbb', 0, false, 'the customer wrote'],
  ['bpwnbbbb', 0, true, 'what lies with us, what has not left, and notes count for nothing'],
  ['sssbbbbbb', 3, true, 'those after it may come back yet'],
  ['sdsbbbbbb', 3, false, 'one after it was delivered'],
  ['ibbbbbb', 1, false, 'the customer has written since'],
  ['bbbbbb', 9, false, 'too long ago to be looked at'],
];

for (const [letters, place, gone, why] of cases)
  test(`an address is ${gone ? 'as good as gone' : 'kept'}: ${why} (${letters})`, () => {
    const id = `msg_${place}` as MessageId;
    assert.equal(isAsGoodAsGone(conversation(letters), { id, at: NOW - place * DAY }), gone);
  });

test('only a report counts, and only of what lies with the address or its server', () => {
  const kinds: ErrorClass[] = [
    'recipient_unavailable',
    'provider_down',
    'account_restricted',
    'media_problem',
    'invalid',
  ];
  assert.deepEqual(
    kinds.map((kind) => isSoftBounce(bounced(kind, NOW).failed)),
    [true, true, false, false, false],
  );
  const { detail: _, ...refused } = bounced('recipient_unavailable', NOW).failed ?? {};
  assert.equal(isSoftBounce(refused), false);
  assert.equal(isSoftBounce(undefined), false);
});
