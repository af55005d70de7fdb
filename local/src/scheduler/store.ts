import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A stored schedule. `document` is its ScheduleDocument as JSON; times are in epoch milliseconds; `next_at` null never runs again. */
export type ScheduleRow = {
  grp: string;
  name: string;
  document: string;
  state: string;
  anchor: number;
  next_at: number | null;
  created_at: number;
  modified_at: number;
  token: string | null;
  last_delivery: string | null;
};

/** A run that is owed to a target. `tries` were made so far, `faults` of them ended in an error of the function. */
export type DeliveryRow = {
  id: string;
  grp: string;
  name: string;
  document: string;
  scheduled_at: number;
  tries: number;
  faults: number;
  first_try_at: number | null;
};

/** A stored group. */
type GroupRow = { name: string; created_at: number; modified_at: number };

/** Which schedules a listing wants, in order of group and name, after a position. */
type ListFilter = {
  group: string | null;
  prefix: string;
  state: string | null;
  after: [string, string];
  limit: number;
};

export type SchedulerStore = ReturnType<typeof openStore>;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS groups (name TEXT PRIMARY KEY, created_at INTEGER, modified_at INTEGER) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS schedules (
    grp TEXT, name TEXT, document TEXT, state TEXT, anchor INTEGER, next_at INTEGER, created_at INTEGER,
    modified_at INTEGER, token TEXT, last_delivery TEXT, PRIMARY KEY (grp, name)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS deletions (
    grp TEXT, name TEXT, token TEXT, PRIMARY KEY (grp, name)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS deliveries (
    id TEXT PRIMARY KEY, grp TEXT, name TEXT, document TEXT, scheduled_at INTEGER, tries INTEGER DEFAULT 0,
    faults INTEGER DEFAULT 0, first_try_at INTEGER, next_try_at INTEGER) WITHOUT ROWID;
`;

/** Opens the file. Deliveries that were under way when the process ended are owed again: each run is made at least once. */
export function openStore(file: string) {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  db.exec(SCHEMA);
  db.prepare('INSERT OR IGNORE INTO groups VALUES (?, ?, ?)').run('default', Date.now(), Date.now());
  db.exec('UPDATE deliveries SET next_try_at = 0 WHERE next_try_at IS NULL');
  return { ...groupsOf(db), ...schedulesOf(db), ...deliveriesOf(db), close: () => db.close() };
}

function groupsOf(db: DatabaseSync) {
  const find = db.prepare('SELECT * FROM groups WHERE name = ?');
  const insert = db.prepare('INSERT INTO groups VALUES (?, ?, ?)');
  return {
    findGroup: (name: string) => find.get(name) as GroupRow | undefined,
    insertGroup: (name: string, at: number) => insert.run(name, at, at),
  };
}

function schedulesOf(db: DatabaseSync) {
  const find = db.prepare('SELECT * FROM schedules WHERE grp = ? AND name = ?');
  const put = db.prepare(`INSERT OR REPLACE INTO schedules VALUES
    (:grp, :name, :document, :state, :anchor, :next_at, :created_at, :modified_at, :token, :last_delivery)`);
  const remove = db.prepare('DELETE FROM schedules WHERE grp = ? AND name = ?');
  const list = db.prepare(`SELECT * FROM schedules WHERE (:group IS NULL OR grp = :group)
    AND substr(name, 1, length(:prefix)) = :prefix AND (:state IS NULL OR state = :state)
    AND (grp, name) > (:afterGroup, :afterName) ORDER BY grp, name LIMIT :limit`);
  const buried = db.prepare('SELECT token FROM deletions WHERE grp = ? AND name = ?');
  const bury = db.prepare('INSERT OR REPLACE INTO deletions VALUES (?, ?, ?)');
  return {
    findSchedule: (group: string, name: string) => find.get(group, name) as ScheduleRow | undefined,
    putSchedule: (row: ScheduleRow) => put.run(row),
    deleteSchedule(group: string, name: string, token: string | null) {
      bury.run(group, name, token);
      remove.run(group, name);
    },
    deletionToken: (group: string, name: string) =>
      (buried.get(group, name) as { token: string | null } | undefined)?.token,
    listSchedules({ after: [afterGroup, afterName], ...filter }: ListFilter) {
      return list.all({ ...filter, afterGroup, afterName }) as ScheduleRow[];
    },
  };
}

function deliveriesOf(db: DatabaseSync) {
  const due = db.prepare('SELECT * FROM schedules WHERE next_at <= ? ORDER BY next_at LIMIT 100');
  const advance = db.prepare('UPDATE schedules SET next_at = ?, last_delivery = ? WHERE grp = ? AND name = ?');
  const owe = db.prepare(
    'INSERT INTO deliveries (id, grp, name, document, scheduled_at, next_try_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const start = db.prepare(`UPDATE deliveries SET next_try_at = NULL, tries = tries + 1,
    first_try_at = coalesce(first_try_at, :now) WHERE next_try_at <= :now RETURNING *`);
  const postpone = db.prepare('UPDATE deliveries SET next_try_at = ?, faults = faults + ? WHERE id = ?');
  const finish = db.prepare('DELETE FROM deliveries WHERE id = ?');
  const complete = db.prepare(`DELETE FROM schedules WHERE next_at IS NULL AND last_delivery = ?
    AND document ->> 'ActionAfterCompletion' = 'DELETE'`);
  const wake = db.prepare(`SELECT min(at) AS at FROM
    (SELECT min(next_at) AS at FROM schedules WHERE next_at IS NOT NULL UNION ALL SELECT min(next_try_at) FROM deliveries)`);
  return {
    /** Turns every due schedule into an owed delivery and moves it on, each in one step. */
    takeDue(now: number, next: (row: ScheduleRow) => number | undefined) {
      for (let rows = due.all(now) as ScheduleRow[]; rows.length > 0; rows = due.all(now) as ScheduleRow[]) {
        inTransaction(db, () => {
          for (const row of rows) {
            const id = randomUUID();
            owe.run(id, row.grp, row.name, row.document, row.next_at, now);
            advance.run(next(row) ?? null, id, row.grp, row.name);
          }
        });
      }
    },
    /** The deliveries whose time has come, marked as under way. */
    startDeliveries: (now: number) => start.all({ now }) as DeliveryRow[],
    postponeDelivery: (id: string, at: number, faults: number) => postpone.run(at, faults, id),
    /** Settles a delivery, and with it a schedule that was to be deleted after its last run. */
    finishDelivery(id: string) {
      inTransaction(db, () => {
        finish.run(id);
        complete.run(id);
      });
    },
    /** When something is due next, in epoch milliseconds. */
    nextWake: () => (wake.get() as { at: number | null }).at ?? undefined,
  };
}

function inTransaction(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
