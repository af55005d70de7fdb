import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { Lane } from '@parley/core/domain/lanes.ts';
import { paceOf, usualPace } from '@parley/core/domain/pace.ts';
import type { AccountPace } from '@parley/core/domain/pace.ts';
import type * as moments from '@parley/core/flows/deliver/moments.ts';
import { ownTable } from '../support/own-table.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';

const table = await ownTable();
const NOON = Date.parse('2026-01-10T12:00:00Z');
const ALLOWED = 40;
const LASTING_MS = 60_000;

/** Each is a sender's execution environment: what it remembers is its own, and the table is everybody's. */
const senders = await Promise.all(
  [1, 2, 3, 4].map(
    async (sender) =>
      (await import(`${import.meta.resolve('@parley/core/flows/deliver/moments.ts')}?${sender}`)) as typeof moments,
  ),
);

/** A provider that takes what its bucket has tokens for, and refuses the rest. `taken`, `refused`: when (ms). */
interface Provider {
  ask(): void;
  taken: number[];
  refused: number[];
}

function strictProvider(clock: VirtualClock, burst: number): Provider {
  const [taken, refused]: [number[], number[]] = [[], []];
  let [tokens, at] = [burst, clock.now()];
  const ask = (): void => {
    tokens = Math.min(burst, tokens + ((clock.now() - at) / 1000) * ALLOWED);
    at = clock.now();
    (tokens >= 1 ? taken : refused).push(at);
    if (tokens >= 1) tokens -= 1;
  };
  return { ask, taken, refused };
}

interface Work {
  clock: VirtualClock;
  provider: Provider;
  account: ReturnType<typeof newChannelAccountId>;
  pace: AccountPace;
}

/** One message after the other: its moment, its way to the provider, and the provider's answer. */
function worker({ clock, provider, account, pace }: Work, { nextMoment }: typeof moments, lane: Lane, from = 0) {
  return async (): Promise<void> => {
    await clock.sleep(from);
    for (;;) {
      const at = Number(await nextMoment({ account, lane, pace }, clock.now));
      if (at >= NOON + LASTING_MS) return;
      await clock.sleep(at - clock.now());
      await clock.sleep(5 + Math.random() * 20);
      provider.ask();
      await clock.sleep(20 + Math.random() * 180);
    }
  };
}

function begin(burst: number): Work {
  const clock = virtualClock(NOON);
  const rates = [{ per: 'second', scope: 'account', count: ALLOWED }] as const;
  const pace = paceOf(usualPace([...rates], undefined), undefined) as AccountPace;
  return { clock, pace, provider: strictProvider(clock, burst), account: newChannelAccountId() };
}

function checkWindows(taken: number[], windowMs: number): void {
  const most = (windowMs / 1000) * ALLOWED;
  for (const [index, at] of taken.entries()) {
    const end = taken[index + most] ?? Number.POSITIVE_INFINITY;
    assert.ok(end - at >= windowMs, `${most + 1} within ${end - at} ms`);
  }
}

suite('the rate of an account, by a clock that waits for everybody', () => {
  after(() => table.close());

  test('forty senders in four environments reach 95 % of what is allowed, and none is ever refused', async () => {
    // a tenth of a second's messages may come together: ways to the provider differ
    const work = begin(ALLOWED / 10);
    await work.clock.run(senders.flatMap((sender) => Array.from({ length: 10 }, () => worker(work, sender, 'single'))));
    const { taken, refused } = work.provider;
    assert.equal(refused.length, 0);
    const allowed = (LASTING_MS / 1000) * ALLOWED;
    assert.ok(taken.length >= allowed * 0.95, `${taken.length} of ${allowed}`);
    assert.ok(taken.length <= allowed, `${taken.length} of ${allowed}`);
    for (const windowMs of [2500, 10_000, 30_000]) checkWindows(taken, windowMs);
  });

  test('answers that begin in the midst of a broadcast: neither is refused, together they use what is allowed', async () => {
    const work = begin(ALLOWED);
    await work.clock.run(
      senders.flatMap((sender) => [
        ...Array.from({ length: 5 }, () => worker(work, sender, 'bulk')),
        ...Array.from({ length: 5 }, () => worker(work, sender, 'single', LASTING_MS / 3)),
      ]),
    );
    const { taken, refused } = work.provider;
    assert.equal(refused.length, 0);
    const allowed = (LASTING_MS / 1000) * ALLOWED;
    assert.ok(taken.length >= allowed * 0.95 && taken.length <= allowed, `${taken.length} of ${allowed}`);
  });
});
