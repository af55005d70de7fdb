import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compileCacheVariables } from '../compile-cache.ts';
import type { SeedData } from './seed.ts';

/** Writes the demo organizations through the product's own store, in a worker that has the functions' environment. */
export async function seed(data: SeedData, environment: Record<string, string>): Promise<void> {
  const env = { ...environment, ...compileCacheVariables() };
  const worker = new Worker(new URL('seed.ts', import.meta.url), { workerData: data, env });
  const [code] = (await once(worker, 'exit')) as [number];
  if (code !== 0) throw new Error('The demo organizations could not be written');
}
