import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startCloud } from '@parley/local/cloud.ts';
import { startProviders } from '@parley/local/providers/alone.ts';
import { freePort, startProduct, temporaryFolder } from '../local/cloud/product-process.ts';
import type { Product } from '../local/cloud/product-process.ts';
import { broadcast, homeNumbers, listed, progressOf, tell, whenBroadcast } from '../support/broadcasts.ts';
import { eventually } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { passTimeForVerdicts, reckon, sendUnknownAgain, standing, untilQuiet } from '../support/killed-broadcasts.ts';
import { fault } from '../support/phones.ts';

const RECIPIENTS = 300;
const KILLS_AFTER = [60, 160];

test('F12: a broadcast that is killed twice: exactly one message each, and who may have none is known', async (t) => {
  const folder = temporaryFolder();
  const providerFile = join(folder, 'providers.sqlite');
  const providers = await startProviders({ port: 0, data: providerFile });
  after(() => providers.close());
  // the provider gave out addresses for its reports, so that they have to be the same after a crash
  const port = await freePort();
  const data = join(folder, 'data');
  const start = () => startProduct(data, ['--port', String(port), '--providers', providers.url]);

  let product = await start();
  const organization = product.access.organizations[0] as Organization;
  // so many are on their way at any moment, and each has been asked for
  await fault(product, 'sms', { times: 100_000, delay_ms: 40 });
  const made = await listed(product, organization, homeNumbers(RECIPIENTS, 1), 'Dear {{name}}');
  await tell(product, organization, 'start', made);
  for (const [kill, left] of KILLS_AFTER.entries()) {
    if (kill > 0) product = await start();
    await untilLeft(product, organization, made, left);
    await product.kill();
  }

  const cloud = await startCloud({ data, port, fresh: false, log: () => {}, providers: providers.url });
  after(() => cloud.close());
  const broken = { cloud, organization, made, providerFile };
  await untilQuiet(broken);
  await passTimeForVerdicts(broken);
  const before = await reckon(broken);
  t.diagnostic(`${before.unknown.length} unknown after ${KILLS_AFTER.length} kills`);
  assert.equal(before.recipients, RECIPIENTS);
  assert.deepEqual(before.twice, []);
  assert.deepEqual(before.unknown, before.missing);
  assert.equal(before.delivered + before.unknown.length, RECIPIENTS);
  assert.equal(progressOf(await broadcast(cloud, organization, made)).unknown, before.unknown.length);

  await sendUnknownAgain(broken);
  const afterwards = await reckon(broken);
  assert.deepEqual(afterwards, { recipients: RECIPIENTS, delivered: RECIPIENTS, twice: [], missing: [], unknown: [] });
  const row = await whenBroadcast(cloud, organization, made, 'COMPLETED');
  assert.equal(progressOf(row).delivered, RECIPIENTS);
});

async function untilLeft(product: Product, organization: Organization, made: Row, count: number): Promise<void> {
  await eventually(`${count} have left`, async () => {
    const { sent = 0, delivered = 0 } = (await standing(product, organization, made)) ?? {};
    return sent + delivered >= count;
  });
  await delay(Math.random() * 100);
}
