import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { accountOf, ask, eventually, rows } from '../../support/cloud.ts';
import type { Organization, Reachable } from '../../support/cloud.ts';
import { customer, thread } from '../../support/phones.ts';
import type { Phone } from '../../support/phones.ts';
import { soon, untilTime } from '../../support/series.ts';
import { startProduct, temporaryFolder } from './product-process.ts';
import type { Product } from './product-process.ts';

/** What is to be missed comes so long after it is sent, and what is ahead so long; where that is over too early, it is done once more with more. */
const TIMES_MS = [
  [8_000, 30_000],
  [40_000, 120_000],
] as const;

test('what was to be sent while the machine was killed is sent once after the start, and what is for later at its time', async () => {
  for (const [missedMs, aheadMs] of TIMES_MS) if (await isSentOnce(missedMs, aheadMs)) return;
  assert.fail('the machine is too slow for this test');
});

/** False: one of the times was over before it was to be. */
async function isSentOnce(missedMs: number, aheadMs: number): Promise<boolean> {
  const data = join(temporaryFolder(), 'scheduled');
  const first = await startProduct(data);
  const [nile] = first.access.organizations as [Organization];
  const phone = await customer(first, accountOf(nile, 'telegram'), '757000001');
  const send = (body: object) => ask(first, nile, '/functions/v1/telegram-send', { to: phone.address, ...body });
  const daily = { recurrence: 'FREQ=DAILY', timezone: 'UTC' };
  const [missed, ahead] = [soon(missedMs), soon(aheadMs)];
  const answers: number[] = [];
  for (const body of [
    { message: 'Message, missed', scheduled_at: missed },
    { message: 'Series, missed', scheduled_at: missed, ...daily },
    { message: 'Message, ahead', scheduled_at: ahead },
    { message: 'Series, ahead', scheduled_at: ahead, ...daily },
  ])
    answers.push((await send(body)).status);
  if (answers.includes(422)) return isTooLate(first);
  assert.deepEqual(new Set(answers), new Set([200]));
  await eventually('the list of what waits', async () => (await rows(first, nile, 'scheduled_messages')).length === 2);
  await first.kill();
  // what the kill cut off in the midst nobody sends again
  if (Date.now() >= Date.parse(missed)) return false;
  await untilTime(missed);

  const second = await startProduct(data);
  await eventually('what was missed', async () => (await shown(second, nile, phone)).length >= 2);
  const early = await shown(second, nile, phone);
  if (Date.now() >= Date.parse(ahead)) return isTooLate(second);
  assert.deepEqual(early.toSorted(), ['Message, missed', 'Series, missed']);
  await untilTime(ahead);
  await eventually('what was ahead', async () => (await shown(second, nile, phone)).length >= 4);
  assert.ok(Date.now() - Date.parse(ahead) < 60_000);
  const all = ['Message, ahead', 'Message, missed', 'Series, ahead', 'Series, missed'];
  assert.deepEqual((await shown(second, nile, phone)).toSorted(), all);
  assert.deepEqual(
    (await rows(second, nile, 'series')).map(({ done }) => done),
    [1, 1],
  );
  assert.equal((await second.stop()).code, 0);
  return true;
}

async function isTooLate(product: Product): Promise<false> {
  await product.kill();
  return false;
}

async function shown(cloud: Reachable, organization: Organization, phone: Phone): Promise<string[]> {
  const messages = await thread(cloud, accountOf(organization, 'telegram'), phone);
  return messages.filter(({ from }) => from === 'business').map(({ text }) => text ?? '');
}
