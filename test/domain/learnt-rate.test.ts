import assert from 'node:assert/strict';
import test from 'node:test';
import { allBackAt, learntPace, learntRate, perSecondShown, slowerBy } from '@parley/core/domain/learnt-rate.ts';
import type { Slowdown } from '@parley/core/domain/learnt-rate.ts';

const MINUTE = 60_000;

/** As often refused as told, each time by the rate that was learnt before. */
function refusedTimes(times: number, full: number): Slowdown | undefined {
  let known: Slowdown | undefined;
  for (let now = 0; now < times * 2000; now += 2000) known = slowerBy(known, full, { askedAt: now, now }) ?? known;
  return known;
}

test('a refusal takes a quarter off, and all of it comes back evenly in ten minutes', () => {
  const slowdown = slowerBy(undefined, 80, { askedAt: 0, now: 0 });
  assert.deepEqual(slowdown, { to: 60, from: 80, at: 0 });
  assert.deepEqual(
    [0, 1, 2, 2.5, 60].map((minute) => learntRate(80, slowdown, minute * MINUTE)),
    [60, 68, 76, 80, 80],
  );
  assert.equal(allBackAt(slowdown), 2.5 * MINUTE);
  assert.deepEqual([perSecondShown(slowdown, MINUTE), perSecondShown(slowdown, 3 * MINUTE)], [68, undefined]);
});

test('however often it is refused, an account may try one a second, and has all of it back after ten minutes', () => {
  const slowdown = refusedTimes(60, 80) as Slowdown;
  assert.equal(slowdown.to, 1);
  assert.equal(learntRate(80, slowdown, slowdown.at + 10 * MINUTE), 80);
  assert.ok(allBackAt(slowdown) <= slowdown.at + 10 * MINUTE);
});

test('of one rush a single refusal counts: what was asked before others could hear of it teaches nothing', () => {
  const slowdown = { to: 60, from: 80, at: MINUTE };
  assert.equal(slowerBy(slowdown, 80, { askedAt: MINUTE + 1000, now: MINUTE + 1500 }), undefined);
  assert.notEqual(slowerBy(slowdown, 80, { askedAt: MINUTE + 1001, now: MINUTE + 1500 }), undefined);
});

test('a rate that is smaller than the least there is stays what it is', () => {
  assert.equal(refusedTimes(3, 0.5)?.to, 0.5);
});

test('no clock that is behind makes it slower, and what is learnt is never more than what may be sent', () => {
  const slowdown = { to: 60, from: 80, at: MINUTE };
  assert.equal(learntRate(80, slowdown, 0), 60);
  assert.equal(learntRate(40, slowdown, MINUTE), 40);
});

test('what is counted by the day or spaced like a person’s is left as it is', () => {
  const slowdown = { to: 2, from: 80, at: 0 };
  for (const pace of [{ dailyLimit: 300, perSecond: 80 }, { minDelayMs: 400, perSecond: 80 }, {}])
    assert.equal(learntPace(pace, slowdown, 0), pace);
  assert.deepEqual(learntPace({ perSecond: 80 }, slowdown, 0), { perSecond: 2 });
});
