import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { advance, historyOf, statusOf } from '@parley/core/domain/status.ts';
import type { Mark, Progress, Step } from '@parley/core/domain/status.ts';

type Event = [Step, Mark];

const step = fc.constantFrom<Step>('unknown', 'sent', 'delivered', 'read', 'failed');
const time = fc.integer({ min: 1, max: 5 });
const mark = fc.oneof(
  fc.record({ at: time, providerAt: time }, { noNullPrototype: true }),
  time.map((at) => ({ at })),
);
const event = fc.tuple(step, mark);

function joined(events: Event[]): Progress {
  return events.reduce<Progress>((progress, [name, made]) => advance(progress, name, made), {});
}

test('any order and any repetition of the same events ends the same', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (events, picks) => {
      const shuffled = events.map((one) => [picks.next().value ?? 0, one] as const).toSorted(([a], [b]) => a - b);
      const repeated = [...shuffled.map(([, one]) => one), ...events];
      assert.deepEqual(joined(repeated), joined(events));
    }),
  );
});

test('the status never goes back, whatever comes next, except that proof of arrival beats a failure', () => {
  const rank = { PENDING: 0, SENT: 1, FAILED: 2, DELIVERED: 3, READ: 4 };
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), event, (events, [name, made]) => {
      const before = joined(events);
      assert.ok(rank[statusOf(advance(before, name, made))] >= rank[statusOf(before)]);
    }),
  );
});

test('proof of arrival beats a failure, and a failure beats what was only sent', () => {
  assert.equal(
    statusOf(
      joined([
        ['failed', { at: 1 }],
        ['delivered', { at: 2 }],
      ]),
    ),
    'DELIVERED',
  );
  assert.equal(
    statusOf(
      joined([
        ['read', { at: 1 }],
        ['failed', { at: 2 }],
      ]),
    ),
    'READ',
  );
  assert.equal(
    statusOf(
      joined([
        ['failed', { at: 1 }],
        ['sent', { at: 2 }],
      ]),
    ),
    'FAILED',
  );
  assert.equal(statusOf(joined([['unknown', { at: 1 }]])), 'PENDING');
});

test("a provider's own time replaces our guess of it, and not the other way round", () => {
  const guessed = { at: 10 };
  const told = { at: 20, providerAt: 5 };
  assert.equal(
    joined([
      ['sent', guessed],
      ['sent', told],
    ]).sent,
    told,
  );
  assert.equal(
    joined([
      ['sent', told],
      ['sent', guessed],
    ]).sent,
    told,
  );
});

test('the history is in the order of the provider’s clock, and of the lattice where times are equal', () => {
  const progress = joined([
    ['read', { at: 9, providerAt: 3000 }],
    ['delivered', { at: 8, providerAt: 2000 }],
    ['sent', { at: 7, providerAt: 2000 }],
  ]);
  assert.deepEqual(
    historyOf(progress, 1000).map(({ status, providerAt }) => [status, providerAt]),
    [
      ['PENDING', undefined],
      ['SENT', 2000],
      ['DELIVERED', 2000],
      ['READ', 3000],
    ],
  );
});

test('a message was sent before it arrived, whichever clock says so', () => {
  const progress = joined([
    ['sent', { at: 2010 }],
    ['delivered', { at: 2020, providerAt: 2000 }],
    ['read', { at: 2030, providerAt: 2005 }],
  ]);
  assert.deepEqual(
    historyOf(progress, 1000).map(({ status, at }) => [status, at]),
    [
      ['PENDING', 1000],
      ['SENT', 2010],
      ['DELIVERED', 2020],
      ['READ', 2030],
    ],
  );
});
