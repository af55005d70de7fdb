import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorCode } from './errors.ts';

/** What goes wrong: an error answer instead of the call, or a connection that dies before or after the call applied. */
export type FaultError =
  | Extract<
      ErrorCode,
      | 'InternalServerError'
      | 'ProvisionedThroughputExceededException'
      | 'RequestLimitExceeded'
      | 'ServiceUnavailable'
      | 'ThrottlingException'
      | 'TransactionConflictException'
    >
  | 'drop_connection_before'
  | 'drop_connection_after';

/** A fault for the next `times` (1 unless told) calls of `operation` whose input matches; without `error`, it only has to wait. */
export type Fault = {
  operation?: string;
  match?: (input: unknown) => boolean;
  error?: FaultError;
  /** Whether the call is applied before its error is answered. */
  applied?: boolean;
  times?: number;
  delayMs?: number;
  /** What is done before the call goes on. */
  first?: (input: unknown) => Promise<unknown>;
};

export type Faults = { add(fault: Fault): void; clear(): void };

/** `next` takes the first fault meant for a call, waits its delay and for what is done first, and returns it. */
export function openFaults(): Faults & { next(operation: string, input: unknown): Promise<Fault | undefined> } {
  let pending: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      pending.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      pending = [];
    },
    async next(operation, input) {
      const due = pending.find(({ fault }) => isFor(fault, operation, input));
      if (!due) return undefined;
      due.left -= 1;
      pending = pending.filter(({ left }) => left > 0);
      if (due.fault.delayMs !== undefined) await sleep(due.fault.delayMs);
      await due.fault.first?.(input);
      return due.fault;
    },
  };
}

function isFor(fault: Fault, operation: string, input: unknown): boolean {
  return (fault.operation ?? operation) === operation && (fault.match?.(input) ?? true);
}
