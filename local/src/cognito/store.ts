import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A user. `attributes` holds all but `sub`, which is `sub`. `password` is a hash. Times are in epoch milliseconds. */
export type User = {
  poolId: string;
  username: string;
  sub: string;
  attributes: Record<string, string>;
  password: string;
  status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD';
  createdAt: number;
  modifiedAt: number;
};

/** One sign-in, and every token that came of it. `tokenHash` is of its refresh token; times are in epoch milliseconds. */
export type Session = {
  id: string;
  poolId: string;
  clientId: string;
  username: string;
  tokenHash: string;
  signedInAt: number;
  revoked: boolean;
};

export type CognitoStore = ReturnType<typeof openStore>;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS users (poolId TEXT, username TEXT, sub TEXT, email TEXT, attributes TEXT, password TEXT,
    status TEXT, createdAt INTEGER, modifiedAt INTEGER, PRIMARY KEY (poolId, username)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS users_by_email ON users (poolId, email);
  CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, poolId TEXT, clientId TEXT, username TEXT,
    tokenHash TEXT UNIQUE, signedInAt INTEGER, revoked INTEGER) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sessions_by_user ON sessions (poolId, username);
`;

/** Opens the users' and sessions' file, readable by its owner only. */
export function openStore(file: string) {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  chmodSync(file, 0o600);
  db.exec(SCHEMA);
  return { ...usersOf(db), ...sessionsOf(db), close: () => db.close() };
}

function usersOf(db: DatabaseSync) {
  const byName = db.prepare('SELECT * FROM users WHERE poolId = ? AND username = ?');
  const byEmail = db.prepare('SELECT * FROM users WHERE poolId = ? AND email = ?');
  const after = db.prepare('SELECT * FROM users WHERE poolId = ? AND username > ? ORDER BY username LIMIT ?');
  const remove = db.prepare('DELETE FROM users WHERE poolId = ? AND username = ?');
  const put = db.prepare(`INSERT OR REPLACE INTO users VALUES
    (:poolId, :username, :sub, :email, :attributes, :password, :status, :createdAt, :modifiedAt)`);
  return {
    findUser: (poolId: string, username: string) => readUser(byName.get(poolId, username)),
    findUserByEmail: (poolId: string, email: string) => readUser(byEmail.get(poolId, email.toLowerCase())),
    usersAfter: (poolId: string, username: string, limit: number) =>
      after.all(poolId, username, limit).flatMap((row) => readUser(row) ?? []),
    deleteUser: ({ poolId, username }: User) => remove.run(poolId, username),
    putUser(user: User) {
      const email = user.attributes['email']?.toLowerCase() ?? null;
      put.run({ ...user, email, attributes: JSON.stringify(user.attributes) });
    },
  };
}

function sessionsOf(db: DatabaseSync) {
  const byId = db.prepare('SELECT * FROM sessions WHERE id = ?');
  const byToken = db.prepare('SELECT * FROM sessions WHERE tokenHash = ?');
  const insert = db.prepare(
    'INSERT INTO sessions VALUES (:id, :poolId, :clientId, :username, :tokenHash, :signedInAt, :revoked)',
  );
  const revoke = db.prepare('UPDATE sessions SET revoked = 1 WHERE id = ?');
  const revokeAll = db.prepare('UPDATE sessions SET revoked = 1 WHERE poolId = ? AND username = ?');
  return {
    findSession: (id: string) => readSession(byId.get(id)),
    findSessionByToken: (tokenHash: string) => readSession(byToken.get(tokenHash)),
    insertSession: (session: Session) => insert.run({ ...session, revoked: Number(session.revoked) }),
    revokeSession: (id: string) => revoke.run(id),
    revokeSessionsOf: ({ poolId, username }: User) => revokeAll.run(poolId, username),
  };
}

function readUser(row: Record<string, unknown> | undefined): User | undefined {
  if (row === undefined) return undefined;
  const { email: _, ...user } = row;
  return { ...user, attributes: JSON.parse(String(row['attributes'])) as Record<string, string> } as User;
}

function readSession(row: Record<string, unknown> | undefined): Session | undefined {
  return row && ({ ...row, revoked: row['revoked'] === 1 } as Session);
}
