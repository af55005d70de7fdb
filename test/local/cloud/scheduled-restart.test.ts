import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { accountOf, ask, eventually, rows } from '../../support/cloud.ts';
import type { Organization, Reachable } from '../../support/cloud.ts';
import { customer, thread } from '../../support/phones.ts';
import type { Phone } from '../../support/phones.ts';
import { soon, untilTime } from '../../support/series.ts';
import { startProduct, temporaryFolder } from './product-process.ts';

test('what was to be sent while the machine was killed is sent once after the start, and what is for later at its time', async () => {
  const data = join(temporaryFolder(), 'scheduled');
  const first = await startProduct(data);
  const [nile] = first.access.organizations as [Organization];
  const phone = await customer(first, accountOf(nile, 'telegram'), '757000001');
  const send = (body: object) => ask(first, nile, '/functions/v1/telegram-send', { to: phone.address, ...body });
  const daily = { recurrence: 'FREQ=DAILY', timezone: 'UTC' };
  const missed = soon(3000);
  const ahead = soon(20_000);
  for (const body of [
    { message: 'Message, missed', scheduled_at: missed },
    { message: 'Series, missed', scheduled_at: missed, ...daily },
    { message: 'Message, ahead', scheduled_at: ahead },
    { message: 'Series, ahead', scheduled_at: ahead, ...daily },
  ])
    assert.equal((await send(body)).status, 200);
  await eventually('the list of what waits', async () => (await rows(first, nile, 'scheduled_messages')).length === 2);
  await first.kill();
  await untilTime(missed);

  const second = await startProduct(data);
  await eventually('what was missed', async () => (await shown(second, nile, phone)).length >= 2);
  assert.ok(Date.now() < Date.parse(ahead), 'the machine was too slow for this test');
  assert.deepEqual((await shown(second, nile, phone)).toSorted(), ['Message, missed', 'Series, missed']);
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
});

async function shown(cloud: Reachable, organization: Organization, phone: Phone): Promise<string[]> {
  const messages = await thread(cloud, accountOf(organization, 'telegram'), phone);
  return messages.filter(({ from }) => from === 'business').map(({ text }) => text ?? '');
}
