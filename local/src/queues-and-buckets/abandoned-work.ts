import type { DatabaseSync } from 'node:sqlite';

/**
 * Messages that were being worked on when this machine stopped: everyone who received them ran on it and is gone, so they
 * are due again at the start, not after a visibility timeout of minutes. A message whose receiver has postponed it
 * (ChangeMessageVisibility) stays postponed: that is a wait somebody asked for.
 */
export type AbandonedWork = {
  /** Before the messages are loaded. */
  release(): void;
  postponed(receiptHandle: string): void;
};

export function trackAbandonedWork(database: DatabaseSync): AbandonedWork {
  database.exec('CREATE TABLE IF NOT EXISTS postponed (receipt_handle TEXT PRIMARY KEY) WITHOUT ROWID');
  const insert = database.prepare('INSERT OR IGNORE INTO postponed VALUES (?)');
  return {
    release() {
      database.exec(`UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL
        WHERE receipt_handle NOT IN (SELECT receipt_handle FROM postponed)`);
      database.exec(`DELETE FROM postponed WHERE receipt_handle NOT IN
        (SELECT receipt_handle FROM sqs_messages WHERE receipt_handle IS NOT NULL)`);
    },
    postponed: (receiptHandle) => void insert.run(receiptHandle),
  };
}
