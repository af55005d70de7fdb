import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a file for this process; undefined when another has it. The system takes the lock away when the process ends,
 * however it ends. Node has no call for that, SQLite has: its locks are the system's.
 */
export function tryLock(file: string): (() => void) | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return () => database.close();
  } catch (error) {
    database.close();
    if (isLocked(error)) return undefined;
    throw error;
  }
}

/** SQLITE_BUSY */
const BUSY = 5;

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}
