import type { Call, Result } from './http.ts';

/** A signed-in agent. `expiresAt` is milliseconds on this machine's clock, so the server's clock does not matter. */
interface Session {
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
  email: string;
}

export interface SessionKeeper {
  current(): Session | null;
  /** A token that is good for now, renewed shortly before its end; null when signed out or the server is out of reach. */
  token(): Promise<string | null>;
  /** A new token after the server refused the old one; null when that fails too. */
  renew(): Promise<string | null>;
  /** A temporary password is refused as `new_password_required` until the agent's own comes along. */
  signIn(email: string, password: string, newPassword?: string): Promise<Result<Session>>;
  signOut(): Promise<void>;
  /** Told whenever the agent signs in or out. */
  subscribe: (listener: () => void) => () => void;
}

/** The part of web storage that is used. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  user: { email: string };
}

const storageKey = 'parley.session';
const renewBefore = 60_000;

/** Keeps the session in `storage`, and one renewal at a time on the wire. */
export function createSession(call: Call, storage: KeyValue, now: () => number = Date.now): SessionKeeper {
  const listeners = new Set<() => void>();
  let session = read(storage);
  let renewal: Promise<string | null> | null = null;

  return {
    current: () => session,
    async token() {
      const renewed = session && session.expiresAt - now() < renewBefore ? await renew() : null;
      return renewed ?? session?.accessToken ?? null;
    },
    renew,
    async signIn(email, password, newPassword) {
      const chosen = newPassword === undefined ? {} : { new_password: newPassword };
      const answer = await grant('password', { email, password, ...chosen });
      if (answer.ok) keep(answer.value);
      return answer;
    },
    async signOut() {
      const token = session?.accessToken ?? null;
      keep(null);
      await call({ method: 'POST', path: '/auth/v1/logout', token });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function renew(): Promise<string | null> {
    renewal ??= renewOnce().finally(() => (renewal = null));
    return renewal;
  }

  async function renewOnce(): Promise<string | null> {
    const before = session;
    if (!before) return null;
    const answer = await grant('refresh_token', { refresh_token: before.refreshToken });
    if (session !== before) return session?.accessToken ?? null;
    if (answer.ok) keep({ ...answer.value, refreshToken: answer.value.refreshToken || before.refreshToken });
    else if (answer.failure.kind === 'refused' && answer.failure.status < 500) keep(null);
    return answer.ok ? answer.value.accessToken : null;
  }

  async function grant(type: string, body: unknown): Promise<Result<Session>> {
    const path = `/auth/v1/token?grant_type=${type}`;
    const answer = await call<TokenAnswer>({ method: 'POST', path, body });
    return answer.ok ? { ok: true, value: sessionOf(answer.value, now()) } : answer;
  }

  function keep(next: Session | null): void {
    const changed = (session === null) !== (next === null);
    session = next;
    if (next) storage.setItem(storageKey, JSON.stringify(next));
    else storage.removeItem(storageKey);
    if (changed) for (const listener of listeners) listener();
  }
}

function sessionOf(answer: TokenAnswer, now: number): Session {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAt: now + answer.expires_in * 1000,
    email: answer.user.email,
  };
}

function read(storage: KeyValue): Session | null {
  try {
    const value = JSON.parse(storage.getItem(storageKey) ?? 'null') as Partial<Session> | null;
    return value?.accessToken && value.refreshToken && value.expiresAt && value.email ? (value as Session) : null;
  } catch {
    return null;
  }
}
