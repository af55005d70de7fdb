import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Cloud } from '@parley/local/cloud.ts';
import { root } from '@parley/local/product.ts';
import { broadcast, createBroadcast, download, progressOf, tell, uploadCsv } from '../test/support/broadcasts.ts';
import { accountOf } from '../test/support/cloud.ts';
import type { Organization, Row } from '../test/support/cloud.ts';

/**
 * A broadcast on the one-machine cloud, which is killed (-9) at random moments in the midst of it, the pretend provider with it. Then: did each
 * recipient get exactly one message, are the counts those of the rows, and does memory stay flat? A message that a sender had claimed when it was killed
 * is never sent again by itself: where its provider does not tell of it, it waits as `unknown_outcome`. At most twenty are in the air at a time.
 * `node bench/broadcast.ts --recipients 100000 --kills 10`
 */

const { values } = parseArgs({
  options: { recipients: { type: 'string', default: '5000' }, kills: { type: 'string', default: '3' } },
});
const recipients = Number(values.recipients);
const kills = Number(values.kills);
const PATIENCE_MS = 60 * 60_000;
const QUIET_MS = 15_000;
const CHANNEL = 'sms';

type Access = Cloud['access'];

interface Running {
  cloud: { access: Access };
  child: ChildProcess;
}

interface Sample {
  /** messages that had left */
  done: number;
  rssMb: number;
}

const folder = mkdtempSync(join(tmpdir(), 'parley-broadcast-'));
const data = join(folder, 'data');
let running = await start();
process.once('exit', () => running.child.kill('SIGKILL'));
const began = performance.now();
const samples: Sample[] = [];
const made = await begin(running);
const killedAt = await killAgainAndAgain(made);
const row = await untilOver(made);
const seconds = (performance.now() - began) / 1000;
const exported = await exportOf(made);
running.child.kill('SIGTERM');
await ended(running.child);
report(row, exported);
rmSync(folder, { recursive: true, force: true });

async function begin({ cloud }: Running): Promise<Row> {
  const organization = organizationOf(cloud.access);
  const lines = Array.from({ length: recipients }, (_, index) => `${numberOf(index)},Customer ${index}`);
  const made = await createBroadcast(cloud, organization, {
    channel: CHANNEL,
    channel_account_id: accountOf(organization, CHANNEL).id,
    content: { message: 'Dear {{name}}' },
    audience: { kind: 'file', upload_id: await uploadCsv(cloud, organization, `to,name\n${lines.join('\n')}\n`) },
  });
  await until('the list is read', async () => (await standing(made))['status'] === 'READY');
  await tell(cloud, organization, 'start', made);
  return made;
}

/** Kills spread over the run, each at a random moment of its stretch. */
async function killAgainAndAgain(made: Row): Promise<number[]> {
  const at = Array.from({ length: kills }, (_, kill) =>
    Math.floor(((kill + 0.2 + Math.random() * 0.7) / (kills + 0.5)) * recipients),
  );
  for (const [kill, moment] of at.entries()) {
    await until(`${moment} have left`, async () => doneOf(await standing(made)) >= moment);
    await delay(Math.random() * 300);
    running.child.kill('SIGKILL');
    await ended(running.child);
    console.log(`killed ${kill + 1} of ${kills}, after ${moment} of ${recipients}`);
    running = await start();
  }
  return at;
}

/** Until all have left, or are known to be unknown: then nothing changes any more. */
async function untilOver(made: Row): Promise<Row> {
  let last = { counts: '', since: Date.now() };
  return until('the broadcast is over', async () => {
    const row = await standing(made);
    const { pending, sent, waiting, delivered } = progressOf(row);
    const counts = [pending, sent, waiting, delivered].join();
    if (counts !== last.counts) last = { counts, since: Date.now() };
    const isQuiet = Date.now() - last.since > QUIET_MS;
    return waiting + sent === 0 && (pending === 0 ? row['status'] === 'COMPLETED' : isQuiet) && row;
  });
}

async function exportOf(made: Row): Promise<string[][]> {
  await tell(running.cloud, organizationOf(running.cloud.access), 'export', made);
  const row = await until('the export is ready', async () => {
    const row = await standing(made);
    return (row['export'] as Row | null)?.['status'] === 'ready' && row;
  });
  return download((row['export'] as Row)['url']);
}

/** How the broadcast stands now; the memory of the whole cloud is noted with it. */
async function standing(made: Row): Promise<Row> {
  const row = await broadcast(running.cloud, organizationOf(running.cloud.access), made);
  samples.push({ done: doneOf(row), rssMb: rssOf(running.child) });
  return row;
}

function doneOf(row: Row): number {
  const { sent, delivered, read, failed } = progressOf(row);
  return sent + delivered + read + failed;
}

/** What each phone got, as the pretend provider keeps it, and what the product says of it. */
function report(row: Row, exported: string[][]): void {
  const threads = readThreads();
  const got = exported.map(([to = '', , status]) => ({ status, messages: threads.get(to) ?? 0 }));
  const count = (is: (one: (typeof got)[number]) => boolean) => got.filter(is).length;
  const wanted = recipients - count(({ status }) => status === 'PENDING');
  console.log(
    `\n${recipients} recipients, killed ${kills} times (after ${killedAt.join(', ')}): ${seconds.toFixed(0)} s, starts included`,
  );
  console.table([progressOf(row)]);
  console.table([
    {
      what: 'recipients in the export, each once',
      count: new Set(exported.map(([to]) => to)).size,
      wanted: recipients,
    },
    {
      what: 'messages in the export, each once',
      count: new Set(exported.map((line) => line[5])).size,
      wanted: recipients,
    },
    {
      what: 'DELIVERED, and one message at the provider',
      count: count((one) => isSettled(one) && one.messages === 1),
      wanted,
    },
    {
      what: 'DELIVERED, and none or several there',
      count: count((one) => isSettled(one) && one.messages !== 1),
      wanted: 0,
    },
    { what: 'two or more at the provider', count: count(({ messages }) => messages > 1), wanted: 0 },
    { what: 'unknown: claimed when it was killed', count: recipients - wanted, wanted: `at most ${kills * 20}` },
    {
      what: 'unknown, and at the provider after all',
      count: count((one) => !isSettled(one) && one.messages > 0),
      wanted: 0,
    },
  ]);
  console.log('Memory of the whole cloud (functions, services, providers), by messages that had left:');
  console.table(byTenth());
}

function isSettled({ status }: { status: string | undefined }): boolean {
  return status === 'DELIVERED';
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

/** How many messages each number has, read off the pretend provider's own file. */
function readThreads(): Map<string, number> {
  const database = new DatabaseSync(join(data, 'providers.sqlite'), { readOnly: true });
  const phones = database.prepare('SELECT id, value FROM kept WHERE shelf = ?').all(`phones ${CHANNEL}`);
  const addresses = new Map(
    phones.map(({ id, value }) => [id, (JSON.parse(String(value)) as { address: string }).address]),
  );
  const threads = database
    .prepare('SELECT shelf, COUNT(*) AS messages FROM kept WHERE shelf LIKE ? GROUP BY shelf')
    .all(`thread ${CHANNEL} %`);
  database.close();
  return new Map(
    threads.map(({ shelf, messages }) => [addresses.get(String(shelf).split(' ')[2] ?? '') ?? '', Number(messages)]),
  );
}

/** Egyptian mobile numbers, but for those that end in 0000, which are landlines at the pretend provider. */
function numberOf(index: number): string {
  return `+2010${10_000_001 + index + Math.floor(index / 9_999)}`;
}

function organizationOf({ organizations: [first] }: Access): Organization {
  if (!first) throw new Error('there is no organization');
  return first;
}

async function start(): Promise<Running> {
  rmSync(join(data, 'access.json'), { force: true });
  const child = spawn(process.execPath, [join(root, 'local/src/main.ts'), '--port', '0', '--data', data, '--no-open'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until('the cloud is there', () => existsSync(join(data, 'access.json')) || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error('the cloud did not start');
  return { child, cloud: { access: JSON.parse(readFileSync(join(data, 'access.json'), 'utf8')) as Access } };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
}

function rssOf({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/status`;
  const kb = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Math.round(Number(kb ?? 0) / 1024);
}

async function until<T>(what: string, look: () => Promise<T | false> | T | false): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await delay(100)) {
    const found = await look();
    if (found !== false) return found;
  }
  throw new Error(`this never came about: ${what}`);
}
