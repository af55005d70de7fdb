import assert from 'node:assert/strict';
import type { DynamoDb } from '@parley/local/dynamodb/server.ts';

/** What the only call since the last reset used: reads, writes, and the share of each index. Resets. */
export function usedBy({ capacity }: DynamoDb): [number, number, Record<string, number>] {
  const { calls } = capacity.read();
  capacity.reset();
  const [call] = calls;
  assert.equal(calls.length, 1);
  return [call?.readUnits ?? 0, call?.writeUnits ?? 0, call?.byIndex ?? {}];
}
