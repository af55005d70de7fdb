import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '@parley/local/product.ts';
import { startCloudProcess } from './cloud-process.ts';

/** Milliseconds from the command until the cloud is ready. */
export interface StartTimes {
  /** nothing built, no data */
  cold: number;
  /** built, with the data of the start before */
  warm: number;
}

/** Starts the cloud twice in a folder of its own; before the first, what was built is forgotten. */
export async function measureStarts(folder: string): Promise<StartTimes> {
  await rm(join(root, 'dist/made'), { force: true });
  return { cold: await startOnce(folder), warm: await startOnce(folder) };
}

async function startOnce(folder: string): Promise<number> {
  const cloud = await startCloudProcess(folder);
  await cloud.close();
  return cloud.readyMs;
}
