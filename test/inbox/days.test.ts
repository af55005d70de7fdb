import assert from 'node:assert/strict';
import test from 'node:test';
import { threadDays } from '../../inbox/src/thread/days.ts';
import { messageRow } from './rows.ts';

const day = 24 * 3600;

test('each day has its own stretch and bubbles of one side hang together', () => {
  const rows = [
    messageRow('a', 0),
    messageRow('b', 60),
    messageRow('c', 90, { direction: 'OUTBOUND' }),
    messageRow('d', 90 + 600, { direction: 'OUTBOUND' }),
    messageRow('e', day),
  ];
  const days = threadDays({ rows, outgoing: [] });
  assert.deepEqual(
    days.map((each) =>
      each.bubbles.map(({ key, first, last }) => `${key}${first ? ' first' : ''}${last ? ' last' : ''}`),
    ),
    [['a first', 'b last', 'c first last', 'd first last'], ['e first last']],
  );
});

test('bubbles of one side that are five minutes apart hang together no more', () => {
  for (const [seconds, together] of [[299.999, true] as const, [300, false] as const]) {
    const [stretch] = threadDays({ rows: [messageRow('a', 0), messageRow('b', seconds)], outgoing: [] });
    assert.deepEqual(
      stretch?.bubbles.map(({ first, last }) => [first, last]),
      [
        [true, !together],
        [!together, true],
      ],
    );
  }
});

test('in a group chat bubbles of one author hang together', () => {
  const rows = [
    messageRow('a', 0, { author: 'عمر' }),
    messageRow('b', 1, { author: 'عمر' }),
    messageRow('c', 2, { author: 'Mona' }),
  ];
  const [bubbles] = threadDays({ rows, outgoing: [] }).map((each) => each.bubbles);
  assert.deepEqual(
    bubbles?.map(({ first }) => first),
    [true, false, true],
  );
});

test('a bubble keeps its key when the server row takes its place', () => {
  const outgoing = { row: { ...messageRow('local:ref', 5), client_ref: 'ref' }, failure: null };
  const before = threadDays({ rows: [], outgoing: [outgoing] });
  const after = threadDays({ rows: [messageRow('msg_1', 5, { client_ref: 'ref' })], outgoing: [] });
  assert.equal(before[0]?.bubbles[0]?.key, after[0]?.bubbles[0]?.key);
});

test('nothing shows as nothing', () => {
  assert.deepEqual(threadDays({ rows: [], outgoing: [] }), []);
});
