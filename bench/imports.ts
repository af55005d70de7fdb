import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DeployedFunction } from './functions.ts';
import { median, minimum } from './statistics.ts';

const run = promisify(execFile);

/** Milliseconds that a fresh process takes to import a bundle; `cpu`: the median of its processor time, which a busy machine changes less. */
export interface ImportTime {
  name: string;
  least: number;
  median: number;
  cpu: number;
}

type Bundle = Pick<DeployedFunction, 'name' | 'settings' | 'environment'>;

/** Imports each bundle so many times, each time in a process of its own; the bundles take turns, so that a slow moment of the machine is everybody's. */
export async function measureImports(bundles: readonly Bundle[], rounds: number): Promise<ImportTime[]> {
  const times = new Map(bundles.map(({ name }) => [name, [] as Once[]]));
  for (let round = 0; round < rounds; round++)
    for (const bundle of bundles) times.get(bundle.name)?.push(await importOnce(bundle));
  return [...times].map(([name, all]) => {
    const clock = all.map((one) => one.clock);
    return { name, least: minimum(clock), median: median(clock), cpu: median(all.map((one) => one.cpu)) };
  });
}

const program = new URL('./import-once.ts', import.meta.url).pathname;

interface Once {
  clock: number;
  cpu: number;
}

async function importOnce({ settings, environment }: Bundle): Promise<Once> {
  const { stdout } = await run(process.execPath, [program, JSON.stringify(settings)], { env: environment });
  return JSON.parse(stdout) as Once;
}
