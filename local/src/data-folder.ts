import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from './file-lock.ts';

/** The folder that keeps everything, while it is this process's. */
export interface DataFolder {
  path: string;
  /** there when the product is ready, gone when it has stopped */
  accessFile: string;
  release(): void;
}

/** Its presence also says that a start made the folder. */
const LOCK = 'parley.lock';

/** Takes the folder, emptied when `fresh`. Throws when another process works in it, and before it would empty a folder of something else. */
export function takeDataFolder(path: string, fresh: boolean): DataFolder {
  if (fresh) refuseForeign(path);
  mkdirSync(path, { recursive: true });
  const unlock = tryLock(join(path, LOCK));
  if (!unlock) throw new Error(`Another Parley runs on ${path}. Stop it, or choose another folder with --data.`);
  if (fresh) empty(path);
  const accessFile = join(path, 'access.json');
  rmSync(accessFile, { force: true });
  return {
    path,
    accessFile,
    release() {
      rmSync(accessFile, { force: true });
      unlock();
    },
  };
}

function refuseForeign(path: string): void {
  if (existsSync(path) && readdirSync(path).length > 0 && !existsSync(join(path, LOCK)))
    throw new Error(`${path} has files that are not Parley's, and --fresh would delete them. Choose another folder.`);
}

function empty(path: string): void {
  const entries = readdirSync(path).filter((name) => !name.startsWith(LOCK));
  for (const name of entries) rmSync(join(path, name), { recursive: true, force: true });
}
