import type { Engine } from './engine.ts';
import { expiredItems, replaceItem } from './storage/items.ts';
import { trimTokens } from './storage/request-tokens.ts';
import { trimRecords } from './storage/stream-log.ts';
import { encodeKey } from './tables/keys.ts';
import type { Table } from './tables/table.ts';
import type { Item } from './values/types.ts';

const BATCH = 200;
const STREAM_RETENTION_MS = 24 * 60 * 60 * 1000;
/** Items that expired longer ago than this are left alone ("How it works: DynamoDB Time to Live"). */
const FIVE_YEARS_S = 5 * 365 * 24 * 60 * 60;

/** Deletes what expired, and forgets stream records older than a day and tokens older than ten minutes. */
export function sweep(engine: Engine): void {
  for (const table of engine.catalog.all()) if (table.ttlAttribute !== undefined) deleteExpired(engine, table);
  trimRecords(engine.db, engine.now() - STREAM_RETENTION_MS);
  trimTokens(engine.db, engine.now());
}

/** Deletes in batches; nobody is billed for it, and the stream names the service as its author. */
function deleteExpired(engine: Engine, table: Table): void {
  const seconds = Math.floor(engine.now() / 1000);
  for (;;) {
    const items = expiredItems(engine.db, table, seconds - FIVE_YEARS_S, seconds, BATCH);
    if (items.length > 0) engine.change(() => items.forEach((item) => expire(engine, table, item)));
    if (items.length < BATCH) return;
  }
}

function expire(engine: Engine, table: Table, item: Item): void {
  replaceItem(engine.db, table, encodeKey(table.keys, item), item, undefined);
  engine.emit(table, item, undefined, 'service');
}
