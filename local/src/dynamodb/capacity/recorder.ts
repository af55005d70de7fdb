import type { Meter, TableUse } from './meter.ts';
import { total, unitsByIndex } from './meter.ts';

/**
 * What one call used on one table. `readUnits` and `writeUnits` include the indexes; `byIndex` is their share.
 * `at` is milliseconds since 1970. A call about several tables makes one entry for each.
 */
export type CapacityCall = {
  operation: string;
  table: string;
  readUnits: number;
  writeUnits: number;
  byIndex: Record<string, number>;
  conditionFailed: boolean;
  at: number;
};

/** Remembers what every call used, asked for or not, so that tests can hold the product to a budget. */
export type CapacityRecorder = { reset(): void; read(): { calls: CapacityCall[] } };

const MAX_CALLS = 20_000;

/** `record` takes one call's meter; the oldest entries give way beyond 20,000. */
export function openRecorder(): CapacityRecorder & { record(operation: string, meter: Meter, at: number): void } {
  let calls: CapacityCall[] = [];
  return {
    reset() {
      calls = [];
    },
    read: () => ({ calls: calls.slice(-MAX_CALLS) }),
    record(operation, meter, at) {
      calls.push(...meter.uses().map((use) => callOf(operation, use, at)));
      if (calls.length > 2 * MAX_CALLS) calls = calls.slice(-MAX_CALLS);
    },
  };
}

function callOf(operation: string, use: TableUse, at: number): CapacityCall {
  return {
    operation,
    table: use.table.name,
    readUnits: total(use.reads),
    writeUnits: total(use.writes),
    byIndex: unitsByIndex(use),
    conditionFailed: use.conditionFailed,
    at,
  };
}
