import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { isTooLate, isUsedUp, triesOf } from '@parley/core/domain/attempts.ts';
import type { Message, PastAttempt } from '@parley/core/domain/message.ts';
import { backAt, isPutOff, waitOf } from '@parley/core/domain/waiting.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = Date.parse('2026-01-10T13:00:00Z');
const moment = fc.integer({ min: 0, max: 14 * 24 * HOUR });

test('a message waits in its queue for some hours, else outside, and is back before its turn', () => {
  fc.assert(
    fc.property(moment, (wait) => {
      const back = backAt(now + wait, now);
      if (back === undefined) return assert.ok(wait <= 6 * HOUR + 10 * MINUTE);
      assert.ok(wait > 10 * MINUTE);
      assert.ok(back <= now + wait - 12 * MINUTE && back > now + wait - 6 * HOUR - 13 * MINUTE);
    }),
  );
});

test('who goes after another is not in the queue before they are back', () => {
  fc.assert(
    fc.property(moment, moment, moment, (wait, later, more) => {
      const back = backAt(now + wait, now);
      const until = now + Math.max(wait, later) + more;
      if (back === undefined || now + later > back) return;
      assert.notEqual(backAt(until, now + later), undefined);
    }),
  );
});

test('what a message waits for is told while it waits, and no longer', () => {
  const wait = { reason: 'rate_limit', until: now } as const;
  const pending = { direction: 'OUTBOUND', progress: {}, wait } as Message;
  const mark = { at: now };
  assert.deepEqual(waitOf(pending), wait);
  assert.deepEqual(waitOf({ ...pending, preparing: true }), wait);
  assert.deepEqual(waitOf({ ...pending, preparing: true, wait: { ...wait, moment: 1 } }), { reason: 'media' });
  for (const other of [
    { claimedAt: now },
    { direction: 'INBOUND' as const },
    { progress: { sent: mark } },
    { progress: { failed: mark } },
    { progress: { unknown: mark } },
  ])
    assert.equal(waitOf({ ...pending, ...other }), undefined);
});

test('a message is tried five times, and anew when somebody asks for it', () => {
  assert.deepEqual([isUsedUp({ attempt: 4 }), isUsedUp({ attempt: 5 })], [false, true]);
  const again = { attempt: 7, pastAttempts: [past(4), past(5, true), past(6)] };
  assert.equal(triesOf(again), 2);
});

test('the days in which a limited message is tried begin when it was to leave', () => {
  const days = 24 * HOUR;
  assert.equal(isTooLate({ storedAt: now - 12 * days }, now), false);
  assert.equal(isTooLate({ storedAt: now - 12 * days - 1 }, now), true);
  assert.equal(isTooLate({ storedAt: now - 30 * days, scheduledAt: now - MINUTE }, now), false);
});

test('what a sender put off for a time is not sent out before it', () => {
  for (const reason of ['rate_limit', 'retry', 'template'] as const)
    assert.ok(isPutOff({ reason, until: now }), reason);
  for (const reason of ['scheduled', 'quiet_hours', 'window'] as const) assert.ok(!isPutOff({ reason, until: now }));
  assert.ok(!isPutOff({ reason: 'retry' }));
});

function past(attempt: number, byHand?: true): PastAttempt {
  const error = { code: 'x', class: 'provider_down', message: 'x', permanent: false } as const;
  return { attempt, endedAt: now, error, ...(byHand && { byHand }) };
}
