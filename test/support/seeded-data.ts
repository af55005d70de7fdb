import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud } from '@parley/local/cloud.ts';
import { root } from '@parley/local/product.ts';

/** Organizations, their users and all keys: making them costs more than the rest of a start, so that all clouds of a run begin with the same. */
const MADE_ONCE = ['demo.json', 'dynamodb.sqlite', 'kms.json', 'cognito', 'mail-certificate.json'];
/** What they are made by, and how. */
const SOURCES = ['dist/made', 'local/src/**/*.ts'];
const HOUR_MS = 3_600_000;
const kept = join(root, 'dist/seeded');

/** A new folder for a cloud, in which everything is that a first start makes. It is never older than an hour. */
export async function seededFolder(): Promise<string> {
  const seeded = join(kept, version());
  if (!existsSync(seeded)) await make(seeded);
  const data = newFolder();
  cpSync(seeded, data, { recursive: true });
  return data;
}

function version(): string {
  const changed = globSync(SOURCES, { cwd: root }).map((file) => statSync(join(root, file)).mtimeMs);
  return `${Math.max(...changed)}-${Math.floor(Date.now() / HOUR_MS)}`;
}

/** Processes that make it at the same time make one each, and the last to be done keeps to that of the first. */
async function make(seeded: string): Promise<void> {
  const data = newFolder();
  const cloud = await startCloud({ data, port: 0, fresh: false, log: () => {} });
  await cloud.drain();
  await cloud.close();
  removeOld();
  mkdirSync(kept, { recursive: true });
  const whole = mkdtempSync(join(kept, 'new-'));
  for (const name of MADE_ONCE) cpSync(join(data, name), join(whole, name), { recursive: true });
  rmSync(data, { recursive: true });
  try {
    renameSync(whole, seeded);
  } catch (error) {
    rmSync(whole, { recursive: true });
    if (!existsSync(seeded)) throw error;
  }
}

/** A run that is under way may still copy the one before. */
function removeOld(): void {
  if (!existsSync(kept)) return;
  const all = readdirSync(kept).map((name) => join(kept, name));
  const old = all.filter(
    (folder) => (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - 2 * HOUR_MS,
  );
  for (const folder of old) rmSync(folder, { recursive: true, force: true });
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'parley-test-'));
}
