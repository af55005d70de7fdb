import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cloud } from '@parley/local/cloud.ts';
import { root } from '@parley/local/product.ts';

export type Access = Cloud['access'];

/** What `npm start` runs, in a process of its own. */
export interface CloudProcess {
  access: Access;
  /** from the start of the process until it was ready */
  readyMs: number;
  /** memory that it has by now, all its functions included; 0 when it is gone */
  rssMb(): number;
  close(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
}

/** Starts the one-machine cloud with its data and its compiled modules under `folder`; further options as it takes them. Throws when it ends before it is ready. */
export async function startCloudProcess(folder: string, options: string[] = []): Promise<CloudProcess> {
  const data = join(folder, 'data');
  const began = performance.now();
  const args = ['--port', '0', '--data', data, '--no-open', ...options];
  const child = spawn(process.execPath, [join(root, 'local/src/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  const exited = once(child, 'exit');
  // it does not outlive whoever started it and broke off
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);
  void exited.then(() => process.off('exit', orphaned));
  const isReady = new Promise<true>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.includes('is ready after') && resolve(true));
  });
  if ((await Promise.race([isReady, exited])) !== true) throw new Error('the cloud did not start');
  const readyMs = performance.now() - began;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    access: JSON.parse(await readFile(join(data, 'access.json'), 'utf8')) as Access,
    readyMs,
    rssMb: () => rssOf(child),
    close: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function rssOf({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/status`;
  const kb = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Math.round(Number(kb ?? 0) / 1024);
}
