import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { tryLock } from './file-lock.ts';

export const root = join(import.meta.dirname, '../..');
export const synthesized = join(root, 'cdk.out');
export const pages = join(root, 'inbox/dist');

const sources = [
  'build*.ts',
  'cdk.json',
  'package-lock.json',
  'infra/**/*.ts',
  'lambdas/**/*.ts',
  'layers/core/**/*.{ts,json}',
  'inbox/{index,phone}.html',
  'inbox/src/**',
  'inbox/*.ts',
];
const stamp = join(root, 'dist/made');

/** Makes what would be deployed, and the pages, unless nothing has changed since they were made. One process makes, others wait for it. */
export async function makeProduct(): Promise<void> {
  if (isMade()) return;
  mkdirSync(join(root, 'dist'), { recursive: true });
  const unlock = await lock(join(root, 'dist/lock'));
  try {
    if (!isMade()) await make();
  } finally {
    unlock();
  }
}

async function lock(file: string): Promise<() => void> {
  for (;;) {
    const unlock = tryLock(file);
    if (unlock) return unlock;
    await delay(100);
  }
}

async function make(): Promise<void> {
  const began = new Date();
  // The bundler is loaded when there is something to bundle.
  const { build } = await import('../../build.ts');
  await Promise.all([
    build().then(() => run('infra/app.ts')),
    run('node_modules/vite/bin/vite.js', 'build', 'inbox', '--logLevel', 'warn'),
  ]);
  writeFileSync(stamp, '');
  // What changed while it was being made is newer than the stamp.
  utimesSync(stamp, began, began);
}

function isMade(): boolean {
  if (![stamp, join(synthesized, 'manifest.json'), join(pages, 'index.html')].every((file) => existsSync(file)))
    return false;
  const made = statSync(stamp).mtimeMs;
  const files = globSync(sources, { cwd: root, exclude: (name) => /node_modules|^dist$/.test(name) });
  return files.every((file) => statSync(join(root, file)).mtimeMs < made);
}

/** Runs a program of this repository to its end; what it wrote is shown when it fails. */
async function run(program: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (written += String(chunk)));
  const end = () => child.kill();
  process.once('exit', end);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  process.off('exit', end);
  if (code !== 0) throw new Error(`${program} failed:\n${written}`);
}

if (import.meta.main) await makeProduct();
