import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
  close(): Promise<void>;
}

/** Starts the one-machine cloud with its data and its compiled modules under `folder`. Throws when it ends before it is ready. */
export async function startCloudProcess(folder: string): Promise<CloudProcess> {
  const data = join(folder, 'data');
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'local/src/main.ts'), '--port', '0', '--data', data, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  const exited = once(child, 'exit');
  const isReady = new Promise<true>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.includes('is ready after') && resolve(true));
  });
  if ((await Promise.race([isReady, exited])) !== true) throw new Error('the cloud did not start');
  const readyMs = performance.now() - began;
  return {
    access: JSON.parse(await readFile(join(data, 'access.json'), 'utf8')) as Access,
    readyMs,
    async close() {
      child.kill();
      await exited;
    },
  };
}
