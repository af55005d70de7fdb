import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startCloud } from '@parley/local/cloud.ts';
import type { Cloud } from '@parley/local/cloud.ts';
import { startProviders } from '@parley/local/providers/alone.ts';
import { broadcast, createBroadcast, tell, uploadCsv } from '../test/support/broadcasts.ts';
import { accountOf } from '../test/support/cloud.ts';
import type { Organization, Reachable, Row } from '../test/support/cloud.ts';
import {
  passTimeForVerdicts,
  reckon,
  sendUnknownAgain,
  standing,
  untilQuiet,
} from '../test/support/killed-broadcasts.ts';
import { startCloudProcess } from './cloud-process.ts';
import type { CloudProcess } from './cloud-process.ts';
import { slope } from './statistics.ts';

/**
 * A broadcast on the one-machine cloud, which is killed (-9) at random moments in the midst of it. The pretend provider lives in this process, so it
 * outlives that, as a real one does. Asserted: nobody gets two; who has none is exactly whom the product calls unknown; once these are sent again by
 * one call, everybody has exactly one. Printed: how long it took, how fast it was, and the cloud's memory on the way.
 * `node bench/broadcast.ts --recipients 100000 --kills 10`
 */

const { values } = parseArgs({
  options: { recipients: { type: 'string', default: '5000' }, kills: { type: 'string', default: '3' } },
});
const recipients = Number(values.recipients);
const kills = Number(values.kills);
const PATIENCE_MS = 60 * 60_000;
const LOOK_EVERY_MS = 500;
const CHANNEL = 'sms';

interface Sample {
  /** messages that had left */
  done: number;
  rssMb: number;
}

const folder = mkdtempSync(join(tmpdir(), 'parley-broadcast-'));
const providerFile = join(folder, 'providers.sqlite');
const providers = await startProviders({ port: 0, data: providerFile });
// reports go to an address that the provider was given, so that it has to be the same after a crash
const port = await freePort();
const samples: Sample[] = [];
let running = await start();
const organization = running.access.organizations[0] as Organization;
const made = await list(running);
await tell(running, organization, 'start', made);
const began = performance.now();
const downMs = await killAgainAndAgain();
await untilLeft(recipients - mostInTheAir());
const seconds = (performance.now() - began) / 1000;
await running.close();
await settle();
await providers.close();
rmSync(folder, { recursive: true, force: true });
report();

async function list(cloud: Reachable): Promise<Row> {
  const lines = Array.from({ length: recipients }, (_, index) => `${numberOf(index)},Customer ${index}`);
  const row = await createBroadcast(cloud, organization, {
    channel: CHANNEL,
    channel_account_id: accountOf(organization, CHANNEL).id,
    content: { message: 'Dear {{name}}' },
    audience: { kind: 'file', upload_id: await uploadCsv(cloud, organization, `to,name\n${lines.join('\n')}\n`) },
  });
  await until('the list is read', async () => (await broadcast(cloud, organization, row))['status'] === 'READY');
  return row;
}

/** Kills spread over the run, each at a random moment of its stretch. Answers how long (ms) the cloud was away in all. */
async function killAgainAndAgain(): Promise<number> {
  let away = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const moment = Math.floor(((kill + 0.2 + Math.random() * 0.7) / (kills + 0.5)) * recipients);
    await untilLeft(moment);
    await delay(Math.random() * 300);
    const before = performance.now();
    await running.kill();
    running = await start();
    away += performance.now() - before;
    console.log(`killed ${kill + 1} of ${kills}, after ${moment} of ${recipients}`);
  }
  return away;
}

/** Of those that had been claimed at a kill, each may wait for a verdict. */
function mostInTheAir(): number {
  return kills * 20;
}

async function untilLeft(count: number): Promise<void> {
  await until(`${count} have left`, async () => (await look()) >= count);
}

/** How many have left; the memory of the cloud is noted with it. */
async function look(): Promise<number> {
  const progress = await standing(running, organization, made);
  if (!progress) return 0;
  const { sent, delivered, read, failed, unknown } = progress;
  const done = sent + delivered + read + failed + unknown;
  samples.push({ done, rssMb: running.rssMb() });
  return done;
}

/** What nobody knows of is found to be so, and sent again; the cloud runs in this process for that, where time can be passed. */
async function settle(): Promise<void> {
  const cloud: Cloud = await startCloud({
    data: join(folder, 'data'),
    port,
    fresh: false,
    log: () => {},
    providers: providers.url,
  });
  const broken = { cloud, organization, made, providerFile };
  await untilQuiet(broken);
  await passTimeForVerdicts(broken);
  const before = await reckon(broken);
  console.log(
    `unknown after ${kills} kills: ${before.unknown.length}; nothing at the provider: ${before.missing.length}`,
  );
  assert.equal(before.recipients, recipients);
  assert.deepEqual(before.twice, []);
  assert.deepEqual(before.unknown, before.missing);
  await sendUnknownAgain(broken);
  assert.deepEqual(await reckon(broken), { recipients, delivered: recipients, twice: [], missing: [], unknown: [] });
  console.log(`sent again: all ${recipients} recipients have exactly one message`);
  await cloud.close();
}

function report(): void {
  const up = seconds - downMs / 1000;
  console.log(
    `${recipients} recipients, ${kills} kills: ${seconds.toFixed(0)} s, of which ${(downMs / 1000).toFixed(0)} s were starts; ` +
      `${(recipients / up).toFixed(0)} messages a second while it ran`,
  );
  console.log('Memory of the cloud (functions and services), by messages that had left:');
  console.table(byTenth());
  const perThousand = slope(samples.map(({ done, rssMb }) => [done / 1000, rssMb]));
  console.log(`slope: ${perThousand.toFixed(2)} MB per thousand messages`);
}

function byTenth(): { left: number; 'MB, median': number; 'MB, most': number }[] {
  const tenths = Map.groupBy(samples, ({ done }) => Math.min(9, Math.floor((done / recipients) * 10)));
  return [...tenths]
    .sort(([a], [b]) => a - b)
    .map(([tenth, all]) => {
      const sizes = all.map(({ rssMb }) => rssMb).toSorted((a, b) => a - b);
      return {
        left: Math.floor((tenth * recipients) / 10),
        'MB, median': sizes[sizes.length >> 1] ?? 0,
        'MB, most': sizes.at(-1) ?? 0,
      };
    });
}

/** Egyptian mobile numbers, but for those that end in 0000, which are landlines at the pretend provider. */
function numberOf(index: number): string {
  return `+2010${10_000_001 + index + Math.floor(index / 9_999)}`;
}

function start(): Promise<CloudProcess> {
  return startCloudProcess(folder, ['--port', String(port), '--providers', providers.url]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await look()); await delay(LOOK_EVERY_MS))
    if (Date.now() > end) throw new Error(`this never came about: ${what}`);
}
