import type { StreamViewType, Table } from '../tables/table.ts';
import { keyAttributesOf } from '../tables/keys.ts';
import { REGION, streamArn } from '../tables/table.ts';
import { itemSize } from '../values/size.ts';
import type { Item } from '../values/types.ts';
import type { Database } from './database.ts';

/** A stream record in the shape a Lambda function gets. `ApproximateCreationDateTime` is seconds since 1970. */
export type StreamRecord = {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: '1.1';
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: Item;
    NewImage?: Item;
    OldImage?: Item;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: StreamViewType;
  };
  /** Only on records of items that expired. */
  userIdentity?: { type: 'Service'; principalId: 'dynamodb.amazonaws.com' };
  eventSourceARN: string;
};

/** Who changed an item: a caller, or the service itself when a time to live ran out. */
export type Author = 'caller' | 'service';

type Row = {
  sequence: number;
  at: number;
  event_name: StreamRecord['eventName'];
  keys: string;
  new_image: string | null;
  old_image: string | null;
  size: number;
  by_service: number;
};

// A sequence number is 21 digits or more, and rises with time.
const SEQUENCE_BASE = 10n ** 20n;

export function formatSequence(sequence: number): string {
  return String(SEQUENCE_BASE + BigInt(sequence));
}

/** The row number behind a sequence number; NaN for text that is none. */
export function parseSequence(sequence: string): number {
  return /^\d{21,40}$/.test(sequence) ? Number(BigInt(sequence) - SEQUENCE_BASE) : Number.NaN;
}

/** Appends the record of one change; the caller holds the transaction that makes the change. */
export function appendRecord(
  db: Database,
  table: Table,
  before: Item | undefined,
  after: Item | undefined,
  author: Author,
  at: number,
): void {
  if (!table.stream) return;
  const keys = keyAttributesOf(table, (after ?? before) as Item);
  const { newImage, oldImage } = imagesOf(table.stream.viewType, before, after);
  db.run(
    `INSERT INTO stream_records (table_id, at, event_name, keys, new_image, old_image, size, by_service)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    table.id,
    at,
    eventName(before, after),
    JSON.stringify(keys),
    newImage ? JSON.stringify(newImage) : null,
    oldImage ? JSON.stringify(oldImage) : null,
    [keys, newImage, oldImage].reduce((size, image) => size + (image ? itemSize(image) : 0), 0),
    author === 'service' ? 1 : 0,
  );
}

/** Records of a table's stream after a row number, oldest first. */
export function recordsAfter(db: Database, table: Table, after: number, limit: number): StreamRecord[] {
  const sql = 'SELECT * FROM stream_records WHERE table_id = ? AND sequence > ? ORDER BY sequence LIMIT ?';
  return db.all<Row>(sql, table.id, after, limit).map((row) => recordOf(table, row));
}

/** The row number of the newest record ever written to any stream; later records have larger ones. */
export function newestSequence(db: Database): number {
  const sql = `SELECT coalesce(max(seq), 0) AS newest FROM sqlite_sequence WHERE name = 'stream_records'`;
  return db.all<{ newest: number }>(sql)[0]?.newest ?? 0;
}

export function hasRecord(db: Database, table: Table, sequence: number): boolean {
  const sql = 'SELECT 1 FROM stream_records WHERE table_id = ? AND sequence = ?';
  return db.all(sql, table.id, sequence).length > 0;
}

/** Forgets records written before a time. Times rise with sequence numbers, so this looks only at what it deletes. */
export function trimRecords(db: Database, before: number): void {
  const firstKept = 'SELECT sequence FROM stream_records WHERE at >= ? ORDER BY sequence LIMIT 1';
  db.run(`DELETE FROM stream_records WHERE sequence < coalesce((${firstKept}), 9223372036854775807)`, before);
}

/** Forgets a stream that was switched off or replaced. */
export function clearRecords(db: Database, table: Table): void {
  db.run('DELETE FROM stream_records WHERE table_id = ?', table.id);
}

function eventName(before: Item | undefined, after: Item | undefined): StreamRecord['eventName'] {
  if (!before) return 'INSERT';
  return after ? 'MODIFY' : 'REMOVE';
}

function imagesOf(
  view: StreamViewType,
  before: Item | undefined,
  after: Item | undefined,
): { newImage: Item | undefined; oldImage: Item | undefined } {
  return {
    newImage: view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? after : undefined,
    oldImage: view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? before : undefined,
  };
}

function recordOf(table: Table, row: Row): StreamRecord {
  return {
    eventID: row.sequence.toString(16).padStart(32, '0'),
    eventName: row.event_name,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(row.at / 1000),
      Keys: JSON.parse(row.keys) as Item,
      ...(row.new_image === null ? {} : { NewImage: JSON.parse(row.new_image) as Item }),
      ...(row.old_image === null ? {} : { OldImage: JSON.parse(row.old_image) as Item }),
      SequenceNumber: formatSequence(row.sequence),
      SizeBytes: row.size,
      StreamViewType: table.stream?.viewType ?? 'NEW_AND_OLD_IMAGES',
    },
    ...(row.by_service ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
    eventSourceARN: streamArn(table) ?? '',
  };
}
