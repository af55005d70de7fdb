import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Phone, PhoneMessage } from './phones.ts';

/** What outlives a restart: the phones, what is written on them, and the numbers that must keep growing. */
interface Remembered {
  phones: Record<string, Phone[]>;
  threads: Record<string, PhoneMessage[]>;
  counters: Record<string, number>;
}

export interface State {
  data: Remembered;
  /** To be called after every change: writes the file a little later. */
  changed(): void;
  /** Next number under this name: one more than the last, or `start` at first. */
  next(name: string, start: number): number;
  /** Writes what is not written yet. */
  close(): void;
}

const quietMs = 200;

/** Opens the file, or keeps everything in memory when there is none. */
export function openState(dataFile: string | undefined): State {
  const data = dataFile && existsSync(dataFile) ? read(dataFile) : { phones: {}, threads: {}, counters: {} };
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (dataFile) save(dataFile, data);
  };
  const changed = (): void => {
    if (dataFile) timer ??= setTimeout(flush, quietMs).unref();
  };
  return { data, changed, next: (name, start) => count(data, changed, name, start), close: () => timer && flush() };
}

function count(data: Remembered, changed: () => void, name: string, start: number): number {
  const value = name in data.counters ? (data.counters[name] ?? 0) + 1 : start;
  data.counters[name] = value;
  changed();
  return value;
}

function read(dataFile: string): Remembered {
  return JSON.parse(readFileSync(dataFile, 'utf8')) as Remembered;
}

/** Written beside and renamed, so that a kill leaves the old file or the new one. */
function save(dataFile: string, data: Remembered): void {
  mkdirSync(dirname(dataFile), { recursive: true });
  writeFileSync(`${dataFile}.new`, JSON.stringify(data));
  renameSync(`${dataFile}.new`, dataFile);
}
