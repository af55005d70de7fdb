import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { errorRateOf, healthAfter, isHeld, troubleIn } from '@parley/core/domain/account-health.ts';
import type { AccountHealth, Finding, SessionState } from '@parley/core/domain/account-health.ts';

const now = 1_800_000_000_000;
const minute = 60_000;
const sessions: SessionState[] = ['stopped', 'starting', 'scan_qr', 'connected', 'failed'];

const finding: fc.Arbitrary<Finding> = fc.oneof(
  fc.record({ about: fc.constant('probe' as const) }),
  fc.record({ about: fc.constant('probe' as const), session: fc.constantFrom(...sessions) }),
  fc.record({ about: fc.constant('probe' as const), trouble: fc.record({ detail: fc.string(), code: fc.string() }) }),
  fc.record({ about: fc.constant('session' as const), session: fc.constantFrom(...sessions) }),
  fc.record({ about: fc.constant('credentials' as const), ok: fc.boolean() }),
  fc.record({ about: fc.constant('quality' as const), detail: fc.string() }),
  fc.record({ about: fc.constant('fault' as const), detail: fc.string() }),
);

test('the same finding again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(finding), finding, (before, last) => {
      const once = after([...before, last]);
      assert.deepEqual(healthAfter(once, last, now + 7 * minute), once);
    }),
  );
});

test('only refused credentials mean that an account has to be connected again', () => {
  fc.assert(
    fc.property(fc.array(finding), (findings) => {
      const harmless = findings.filter((one) => one.about !== 'credentials' || one.ok);
      assert.notEqual(after(harmless)?.state, 'needs_reauth');
    }),
  );
});

test('a fault, or a session that is not connected, does not take that back; a good word of the provider does', () => {
  const lost = after([{ about: 'credentials', ok: false, detail: 'Expired.' }]);
  for (const session of ['stopped', 'starting', 'scan_qr', 'failed'] as const)
    assert.equal(healthAfter(lost, { about: 'session', session }, now).state, 'needs_reauth');
  assert.equal(healthAfter(lost, { about: 'fault', detail: 'Down.' }, now).detail, 'Expired.');
  for (const good of [
    { about: 'probe' },
    { about: 'credentials', ok: true },
    { about: 'session', session: 'connected' },
  ] as const)
    assert.equal(healthAfter(lost, good, now).state, 'healthy');
});

test('a session that comes and goes is no news until it is down', () => {
  const connected = after([{ about: 'session', session: 'connected' }]) as AccountHealth;
  assert.equal(healthAfter(connected, { about: 'session', session: 'starting' }, now).state, 'healthy');
  const down = healthAfter(connected, { about: 'session', session: 'failed' }, now);
  assert.deepEqual([down.state, down.code, down.since], ['disconnected', 'session_failed', now]);
  const told = healthAfter(connected, { about: 'session', session: 'failed', code: 'banned', detail: 'No.' }, now);
  assert.deepEqual([told.code, told.detail], ['banned', 'No.'], 'what is told of it counts more');
  assert.equal(healthAfter(down, { about: 'session', session: 'connected' }, now).code, undefined);
});

test('F37: silence is a fact; sends without a word of their arrival are trouble', () => {
  const busy = {
    lastOutboundAt: now - minute,
    lastReceiptAt: now - 30 * minute,
    sentSinceReceipt: 6,
    sent: 6,
    failed: 0,
  };
  const silent = { lastInboundAt: now - 999 * minute, sentSinceReceipt: 0, sent: 0, failed: 0 };
  assert.equal(troubleIn(silent, true, now), undefined);
  assert.match(troubleIn(busy, true, now)?.detail ?? '', /arrived/);
  assert.equal(troubleIn(busy, false, now), undefined, 'a channel without receipts has none to miss');
  assert.equal(troubleIn({ ...busy, lastReceiptAt: now - 5 * minute }, true, now), undefined);
  assert.equal(troubleIn({ ...busy, sentSinceReceipt: 2 }, true, now), undefined);
  const doubtful = after([
    { about: 'probe', session: 'connected', trouble: { code: 'no_receipts', detail: 'No word.' } },
  ]);
  assert.deepEqual([doubtful?.state, doubtful?.code, doubtful?.detail], ['degraded', 'no_receipts', 'No word.']);
});

test('half of the recent sends failed: degraded; the share is of sends that ended', () => {
  assert.equal(errorRateOf({ sentSinceReceipt: 0, sent: 0, failed: 0 }), undefined);
  assert.equal(errorRateOf({ sentSinceReceipt: 0, sent: 3, failed: 1 }), 0.25);
  assert.match(troubleIn({ sentSinceReceipt: 0, sent: 3, failed: 3 }, false, now)?.detail ?? '', /50%/);
  assert.equal(troubleIn({ sentSinceReceipt: 0, sent: 1, failed: 1 }, false, now), undefined, 'too few to say');
});

test('what must not send is held', () => {
  assert.equal(isHeld({ status: 'Inactive' }), true);
  assert.equal(isHeld({ status: 'Active', health: { state: 'needs_reauth', since: now } }), true);
  assert.equal(isHeld({ status: 'Active', health: { state: 'disconnected', since: now } }), false);
  assert.equal(isHeld({ status: 'Active' }), false);
});

function after(findings: Finding[]): AccountHealth | undefined {
  return findings.reduce<AccountHealth | undefined>((health, one) => healthAfter(health, one, now), undefined);
}

test('an account that its provider slows does as it did, says so, and forgets it once it is over', () => {
  const slowed = { perSecond: 60, until: 200 };
  const known = { state: 'healthy', since: 10, facts: { quality: 'GREEN' } } as const;
  const slow = healthAfter(known, { about: 'rate', slowed }, 100);
  assert.deepEqual(slow, { ...known, slowed });
  assert.deepEqual(healthAfter(slow, { about: 'probe' }, 150).slowed, slowed);
  assert.deepEqual(healthAfter(slow, { about: 'probe' }, 200), known);
});
