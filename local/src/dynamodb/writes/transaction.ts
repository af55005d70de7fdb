import type { Meter } from '../capacity/meter.ts';
import { TRANSACTION_FACTOR } from '../capacity/units.ts';
import type { Engine } from '../engine.ts';
import { DynamoDbError, validation } from '../errors.ts';
import { writeIdentity } from './identity.ts';
import type { Outcome, Write } from './write.ts';
import { bill, decide, shownItem, store } from './write.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** Why one item of a transaction would not do; `None` when it would. */
type Reason = { Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError'; Message?: string; Item?: unknown };

/**
 * Does all the writes, or none and throws TransactionCanceledException with a reason for each. A mistake that shows only
 * against a table's schema or a stored item is such a reason (API reference, TransactWriteItems). What was prepared is
 * billed even when the transaction is cancelled.
 */
export function performAll(engine: Engine, meter: Meter, writes: Write[]): void {
  const results = writes.map((write) => attempt(engine, write));
  const outcomes = results.filter((result): result is Outcome => !(result instanceof DynamoDbError));
  refuseLarge(outcomes);
  for (const outcome of outcomes) bill(meter, outcome, TRANSACTION_FACTOR);
  const reasons = results.map(reasonOf);
  if (reasons.some((reason) => reason.Code !== 'None')) throw cancelled(reasons);
  for (const outcome of outcomes) store(engine, outcome, 'caller');
}

/** Refuses two writes of one transaction that are about the same item. */
export function refuseSharedItems(writes: Write[]): void {
  const identities = writes.map((write) => valueOrError(() => writeIdentity(write)));
  const known = identities.filter((identity) => typeof identity === 'string');
  if (new Set(known).size < known.length)
    throw validation('Transaction request cannot include multiple operations on one item');
}

function refuseLarge(outcomes: Outcome[]): void {
  const bytes = outcomes.reduce((sum, { before, after }) => sum + Math.max(before?.size ?? 0, after?.size ?? 0), 0);
  if (bytes > MAX_BYTES) throw validation('The aggregate size of the items in the transaction exceeds 4 MB');
}

function attempt(engine: Engine, write: Write): Outcome | DynamoDbError {
  return valueOrError(() => decide(engine, write));
}

function valueOrError<Value>(work: () => Value): Value | DynamoDbError {
  try {
    return work();
  } catch (error) {
    if (error instanceof DynamoDbError && error.code === 'ValidationException') return error;
    throw error;
  }
}

function reasonOf(result: Outcome | DynamoDbError): Reason {
  if (result instanceof DynamoDbError) return { Code: 'ValidationError', Message: result.message };
  if (result.allowed) return { Code: 'None' };
  return { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', ...shownItem(result) };
}

function cancelled(reasons: Reason[]): DynamoDbError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new DynamoDbError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
