import type { Meter } from '../capacity/meter.ts';
import { indexWriteUnits, writeUnits } from '../capacity/units.ts';
import type { Engine } from '../engine.ts';
import { DynamoDbError } from '../errors.ts';
import type { Condition } from '../expressions/condition.ts';
import { holds } from '../expressions/evaluate.ts';
import { readItem, replaceItem } from '../storage/items.ts';
import type { StoredItem } from '../storage/rows.ts';
import type { Author } from '../storage/stream-log.ts';
import type { KeyBytes } from '../tables/keys.ts';
import type { Table } from '../tables/table.ts';
import { sameItem } from '../values/compare.ts';
import type { Item } from '../values/types.ts';

/** One write, parsed and ready to meet the item it is about: what Put, Update, Delete and ConditionCheck come to. */
export type Write = {
  table: Table;
  /** The item's key. Refuses what the table's schema refuses. */
  locate(): KeyBytes;
  condition: Condition | undefined;
  /** Whether a failed condition shows the item that failed it. */
  showsItem: boolean;
  /** The item as this write leaves it: undefined deletes, `before` itself leaves it alone. Throws validation. */
  next(before: StoredItem | undefined): StoredItem | undefined;
};

/** A write that met its item. Nothing is stored yet. */
export type Outcome = {
  write: Write;
  key: KeyBytes;
  allowed: boolean;
  before: StoredItem | undefined;
  after: StoredItem | undefined;
};

/** Reads the item and decides what the write would do to it. */
export function decide(engine: Engine, write: Write): Outcome {
  const key = write.locate();
  const before = readItem(engine.db, write.table, key);
  const allowed = !write.condition || holds(write.condition, before?.item ?? {});
  return { write, key, allowed, before, after: allowed ? write.next(before) : before };
}

/** Stores what was decided. A write that changes nothing leaves no stream record. */
export function store(engine: Engine, outcome: Outcome, author: Author): void {
  const { write, key, before, after } = outcome;
  if (before === after || (before && after && sameItem(before.item, after.item))) return;
  replaceItem(engine.db, write.table, key, before?.item, after);
  engine.emit(write.table, before?.item, after?.item, author);
}

/** Counts a write's units. A failed condition costs a write of the item that failed it. */
export function bill(meter: Meter, outcome: Outcome, factor: number): void {
  const { before, after, allowed } = outcome;
  const { table } = outcome.write;
  meter.write(table, undefined, factor * writeUnits(before?.size ?? 0, after?.size ?? 0));
  for (const index of table.indexes)
    meter.write(table, index, factor * indexWriteUnits(table, index, before?.item, after?.item));
  if (!allowed) meter.conditionFailed(table);
}

/** Does one write by itself: decided, billed and stored, or refused with ConditionalCheckFailedException. */
export function perform(engine: Engine, meter: Meter, write: Write): Outcome {
  return engine.change(() => {
    const outcome = decide(engine, write);
    bill(meter, outcome, 1);
    if (!outcome.allowed) throw conditionFailed(outcome);
    store(engine, outcome, 'caller');
    return outcome;
  });
}

/** The old item, for answers that show it; nothing when there was none or it is not to be shown. */
export function shownItem({ write, before }: Outcome): { Item?: Item } {
  return write.showsItem && before ? { Item: before.item } : {};
}

function conditionFailed(outcome: Outcome): DynamoDbError {
  return new DynamoDbError('ConditionalCheckFailedException', 'The conditional request failed', shownItem(outcome));
}
