import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { compileCacheVariables } from '../compile-cache.ts';
import type { DemoOrganization } from './organizations.ts';
import type { SeedData } from './seed.ts';

/** Makes the demo organizations through the product's own flows, in a worker that has the functions' environment, and answers them with what was made for them. */
export async function seed(data: SeedData, environment: Record<string, string>): Promise<DemoOrganization[]> {
  const env = { ...environment, ...compileCacheVariables() };
  const worker = new Worker(new URL('seed.ts', import.meta.url), { workerData: data, env });
  let made: DemoOrganization[] | undefined;
  worker.once('message', (organizations: DemoOrganization[]) => (made = organizations));
  await once(worker, 'exit');
  if (!made) throw new Error('The demo organizations could not be made');
  return made;
}
