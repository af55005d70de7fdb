import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DeployedFunction } from './functions.ts';
import { median, minimum } from './statistics.ts';

const run = promisify(execFile);

/** Milliseconds that a fresh process takes to import a bundle. */
export interface ImportTime {
  name: string;
  least: number;
  median: number;
}

type Bundle = Pick<DeployedFunction, 'name' | 'settings' | 'environment'>;

/** Imports each bundle so many times, each time in a process of its own; the bundles take turns, so that a slow moment of the machine is everybody's. */
export async function measureImports(bundles: readonly Bundle[], rounds: number): Promise<ImportTime[]> {
  const times = new Map(bundles.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++)
    for (const bundle of bundles) times.get(bundle.name)?.push(await importOnce(bundle));
  return [...times].map(([name, all]) => ({ name, least: minimum(all), median: median(all) }));
}

const program = new URL('./import-once.ts', import.meta.url).pathname;

async function importOnce({ settings, environment }: Bundle): Promise<number> {
  const { stdout } = await run(process.execPath, [program, JSON.stringify(settings)], { env: environment });
  return Number(stdout);
}
