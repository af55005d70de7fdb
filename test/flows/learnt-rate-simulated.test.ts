import assert from 'node:assert/strict';
import { after, afterEach, mock, suite, test } from 'node:test';
import { loadChannel } from '@parley/core/channels/registry.ts';
import type { Channel, Receipt } from '@parley/core/channels/contract.ts';
import { receiptOfRefusal } from '@parley/core/channels/whatsapp_cloud/errors.ts';
import { receiptOfRefusal as refusalOfLite } from '@parley/core/channels/whatsapp_lite/errors.ts';
import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { ChannelAccountId, ConversationId, OrganizationId } from '@parley/core/domain/id.ts';
import type { AccountPace } from '@parley/core/domain/pace.ts';
import { receiptOfHttp } from '@parley/core/channels/sms/errors.ts';
import { paceNow } from '@parley/core/flows/deliver/account-pace.ts';
import { heedLimit } from '@parley/core/flows/deliver/heed-limit.ts';
import { noteSent } from '@parley/core/flows/accounts/free-sends.ts';
import type * as moments from '@parley/core/flows/deliver/moments.ts';
import { rushOf } from '@parley/core/store/pace.ts';
import type * as paces from '@parley/core/store/pace.ts';
import { ownTable } from '../support/own-table.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';

const table = await ownTable();
const NOON = Date.parse('2026-01-10T12:00:00Z');
const [SECOND, MINUTE] = [1000, 60_000];
const PUBLISHED = 80;
const organizationId = 'org_1' as OrganizationId;
const [whatsapp, sms] = await Promise.all([loadChannel('whatsapp_cloud'), loadChannel('sms')]);
// those whose messages are counted are all of them
process.env['SENDERS'] = '1';

/** Each is a sender's execution environment: what it remembers is its own, a second old at most, and the table is everybody's. */
interface Sender {
  nextMoment: typeof moments.nextMoment;
  rushOf: typeof paces.rushOf;
}

const senders = await Promise.all(
  [1, 2, 3, 4].map(async (sender): Promise<Sender> => {
    const load = (name: string) => import(`${import.meta.resolve(`@parley/core/${name}`)}?${sender}`);
    const { nextMoment } = (await load('flows/deliver/moments.ts')) as typeof moments;
    const { rushOf } = (await load('store/pace.ts')) as typeof paces;
    return { nextMoment, rushOf };
  }),
);

/** A provider with a bucket that holds a fifth of a second's messages. `asked`: when (ms), and whether it took that one. */
interface Provider {
  takes(): boolean;
  asked: { at: number; taken: boolean }[];
}

function provider(clock: VirtualClock, allowedAt: (at: number) => number): Provider {
  const asked: Provider['asked'] = [];
  let [tokens, at] = [1, clock.now()];
  const takes = (): boolean => {
    const allowed = allowedAt(clock.now());
    tokens = Math.min(allowed / 5, tokens + ((clock.now() - at) / SECOND) * allowed);
    at = clock.now();
    const taken = tokens >= 1;
    if (taken) tokens -= 1;
    asked.push({ at, taken });
    return taken;
  };
  return { takes, asked };
}

interface Work {
  clock: VirtualClock;
  provider: Provider;
  account: ChannelAccountId;
  channel: Channel;
  from: number;
  until: number;
}

/** One message after the other, as `takeTurn` has them: a stop is waited for, a moment is taken, and what was heard meanwhile makes it void. */
function worker(work: Work, sender: Sender) {
  const { clock, account, channel, from, until } = work;
  return async (): Promise<void> => {
    await clock.sleep(from - clock.now());
    while (clock.now() < until) {
      const rush = await sender.rushOf(account);
      const pace = await paceNow(channel, {}, rush);
      if (rush.stoppedUntil > clock.now()) await clock.sleep(rush.stoppedUntil - clock.now());
      else if (!pace || (await waitForTurn(work, sender, pace))) await send(work, sender);
    }
  };
}

async function waitForTurn(
  { clock, account }: Work,
  { nextMoment, rushOf: own }: Sender,
  pace: AccountPace,
): Promise<boolean> {
  const [now, slowedAt] = [clock.now(), (await own(account)).slowdown?.at ?? 0];
  const at = Number(await nextMoment({ account, lane: 'single', pace, slowedAt }, clock.now));
  await clock.sleep(at - now);
  const { stoppedUntil, slowdown } = await own(account);
  return stoppedUntil <= clock.now() && now > (slowdown?.at ?? 0);
}

async function send({ clock, provider: { takes }, account, channel }: Work, sender: Sender): Promise<void> {
  const claimedAt = clock.now();
  noteSent(account);
  await clock.sleep(5 + Math.random() * 20);
  const isTaken = takes();
  await clock.sleep(20 + Math.random() * 180);
  if (isTaken) return;
  await (channel === sms ? refusedBySms(account, claimedAt) : refused(account, 130_429, claimedAt));
  sender.rushOf.forget(account);
}

/** The provider refuses one message by one of its codes, and the product heeds that. */
function refused(id: ChannelAccountId, code: number, claimedAt: number): Promise<number | undefined> {
  const json = { error: { code, message: 'Rate limit hit' } };
  return heed(id, { claimedAt }, receiptOfRefusal({ kind: 'answer', status: 400, headers: new Headers(), json }));
}

function refusedBySms(id: ChannelAccountId, claimedAt: number): Promise<number | undefined> {
  const answer = { kind: 'answer', status: 429, headers: new Headers({ 'retry-after': '1' }), json: {} } as const;
  return heed(id, { claimedAt, channel: sms }, receiptOfHttp(answer));
}

async function heed(
  id: ChannelAccountId,
  { claimedAt, channel = whatsapp }: { claimedAt: number; channel?: Channel },
  receipt: Receipt,
): Promise<number | undefined> {
  assert.ok(receipt.outcome === 'refused');
  const message = { conversationId: 'con_1' as ConversationId, claimedAt };
  return heedLimit({ channel, account: { organizationId, id }, message }, receipt);
}

/** Forty senders in four environments, while they work: in those spans (minutes). */
async function run(
  spans: [from: number, until: number][],
  allowedAt: (minute: number) => number,
  channel = whatsapp,
): Promise<Provider> {
  const clock = virtualClock(NOON);
  mock.method(Date, 'now', () => clock.now());
  const strict = provider(clock, (at) => allowedAt((at - NOON) / MINUTE));
  const account = newChannelAccountId();
  for (const [from, until] of spans) {
    const work = {
      clock,
      provider: strict,
      account,
      channel,
      from: NOON + from * MINUTE,
      until: NOON + until * MINUTE,
    };
    await clock.run(senders.flatMap((sender) => Array.from({ length: 10 }, () => worker(work, sender))));
  }
  return strict;
}

function between({ asked }: Provider, from: number, until: number): { taken: number; refused: number } {
  const own = asked.filter(({ at }) => at >= NOON + from * MINUTE && at < NOON + until * MINUTE);
  const taken = own.filter((one) => one.taken).length;
  return { taken, refused: own.length - taken };
}

suite('a rate that is learnt, by a clock that waits for everybody', () => {
  after(() => table.close());
  afterEach(() => mock.restoreAll());

  test('80 a second are published and 20 allowed: few are refused, and four fifths of what is allowed goes', async () => {
    const strict = await run([[0, 5]], () => 20);
    const [whole, learnt] = [between(strict, 0, 5), between(strict, 0.5, 5)];
    assert.ok(whole.refused <= 100, `${whole.refused} refused of ${whole.taken}`);
    assert.ok(learnt.refused <= 20, `${learnt.refused} refused after the first half minute`);
    assert.ok(learnt.taken >= 0.8 * 4.5 * 60 * 20, `${learnt.taken} taken after the first half minute`);
  });

  test('nothing is known and 20 allowed: what is sent is learnt from, and then few are refused', async () => {
    const strict = await run([[0, 2]], () => 20, sms);
    const [whole, learnt] = [between(strict, 0, 2), between(strict, 1, 2)];
    assert.ok(whole.refused <= 200, `${whole.refused} refused of ${whole.taken}`);
    assert.ok(learnt.refused <= 20, `${learnt.refused} refused after the first minute`);
    assert.ok(learnt.taken >= 0.75 * 60 * 20, `${learnt.taken} taken after the first minute`);
  });

  test('an account of whose rate nothing is known has one from a refusal until all of what it sent is back', async () => {
    const account = newChannelAccountId();
    let now = NOON;
    mock.method(Date, 'now', () => now);
    const pace = async () => paceNow(sms, {}, await rushOf(account));
    assert.equal(await pace(), undefined);
    for (let count = 0; count < 20; count += 1) noteSent(account);
    assert.equal(await refusedBySms(account, NOON), 15);
    assert.equal((await pace())?.perSecond, 20);
    now += 11 * MINUTE;
    assert.equal(await pace(), undefined);
  });

  test('once the provider allows 80 again the rate comes back, evenly, within ten minutes, and no message is refused', async () => {
    // between the spans nobody sends, which is no reason for more or less
    const strict = await run(
      [
        [0, 1],
        [6, 6.5],
        [11, 12],
      ],
      (minute) => (minute < 1 ? 20 : PUBLISHED),
    );
    const [half, all] = [between(strict, 6, 6.5), between(strict, 11, 12)];
    assert.ok(half.taken >= 30 * 0.5 * PUBLISHED, `${half.taken} in half a minute, half the way back`);
    assert.ok(half.taken <= 30 * 0.9 * PUBLISHED, `${half.taken} in half a minute, half the way back`);
    assert.ok(all.taken >= 60 * 0.95 * PUBLISHED, `${all.taken} in a minute, all the way back`);
    assert.equal(half.refused + all.refused, 0);
  });

  test('a rush of refusals slows once; what is asked by the new rate and refused slows again', async () => {
    const account = newChannelAccountId();
    let now = NOON;
    mock.method(Date, 'now', () => now);
    const rates = new Set(await Promise.all(Array.from({ length: 40 }, () => refused(account, 130_429, NOON - 20))));
    assert.deepEqual([...rates], [58.8]);
    now = NOON + 1500;
    assert.equal(await refused(account, 130_429, NOON + 900), 58.8);
    assert.equal(await refused(account, 130_429, NOON + 1400), 44.2);
  });

  test('a customer’s own limit, a template’s and one of broadcasts slow no account', async () => {
    for (const code of [131_056, 132_069, 131_048]) {
      const account = newChannelAccountId();
      assert.equal(await refused(account, code, Date.now()), undefined);
      const { slowdown, stoppedUntil } = await rushOf(account);
      assert.deepEqual([slowdown, stoppedUntil], [undefined, 0], `${code}`);
    }
  });

  test('an account with a pace by the day is stopped, and no slower after', async () => {
    const [account, channel] = [newChannelAccountId(), await loadChannel('whatsapp_lite')];
    const json = {};
    const receipt = refusalOfLite({ kind: 'answer', status: 429, headers: new Headers(), json });
    assert.equal(await heed(account, { claimedAt: Date.now(), channel }, receipt), undefined);
    const { slowdown, stoppedUntil } = await rushOf(account);
    assert.equal(slowdown, undefined);
    assert.ok(stoppedUntil > Date.now());
  });
});
