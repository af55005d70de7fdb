import type { Database } from './database.ts';

/** How long a ClientRequestToken protects its transaction. */
const LIFETIME_MS = 10 * 60 * 1000;

/** The fingerprint of the transaction that was applied under a token, while the token lives. */
export function fingerprintOf(db: Database, token: string, now: number): string | undefined {
  const sql = 'SELECT fingerprint FROM request_tokens WHERE token = ? AND at > ?';
  return db.all<{ fingerprint: string }>(sql, token, now - LIFETIME_MS)[0]?.fingerprint;
}

export function rememberToken(db: Database, token: string, fingerprint: string, now: number): void {
  db.run('INSERT OR REPLACE INTO request_tokens (token, fingerprint, at) VALUES (?, ?, ?)', token, fingerprint, now);
}

export function trimTokens(db: Database, now: number): void {
  db.run('DELETE FROM request_tokens WHERE at <= ?', now - LIFETIME_MS);
}
