import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SeedData } from './seed.ts';

/** Writes the demo organizations through the product's own store, in a worker that has the functions' environment. */
export async function seed(data: SeedData, environment: Record<string, string>): Promise<void> {
  const worker = new Worker(new URL('seed.ts', import.meta.url), { workerData: data, env: environment });
  const [code] = (await once(worker, 'exit')) as [number];
  if (code !== 0) throw new Error('The demo organizations could not be written');
}
