import { randomBytes } from 'node:crypto';
import type { WhatsappLiteAccount } from '../account.ts';
import type { Hook } from '../deliveries.ts';

export type SessionStatus = 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'WORKING' | 'FAILED';

/** A linked device. `paired` stays true until it is logged out. */
interface Session {
  status: SessionStatus;
  paired: boolean;
  /** since when codes are shown, and which one was shown last */
  codes: { since: number; index: number; value: string };
  /** says that it works, and hears nothing */
  deaf: boolean;
  /** what would have been told meanwhile: it is told once the session hears again */
  missed: Hook[];
  /** members of the groups that the business is in, by phone */
  groups: Map<string, Set<string>>;
  /** what groups are called, where they were given a name */
  subjects: Map<string, string>;
  /** what its owner asked to be told, as WAHA keeps it; undefined until somebody asks */
  config: Record<string, unknown> | undefined;
}

export interface Sessions {
  of(account: WhatsappLiteAccount): Session;
  /** Changes the session as this verb does. Answers the statuses it went through. */
  change(account: WhatsappLiteAccount, verb: SessionVerb): SessionStatus[];
  /** The code to scan now. Asked for often it stays the same, until WhatsApp changes it. */
  qr(account: WhatsappLiteAccount): string;
  /** Whether it hears what is written, and can send. */
  hears(account: WhatsappLiteAccount): boolean;
}

/** What WAHA's API does to a session. */
export const apiVerbs = ['start', 'stop', 'restart', 'logout'] as const;

/**
 * What else happens to one: somebody scans the code, or nobody does; the phone's connection breaks and comes back; the
 * session goes deaf without knowing it, and hears again.
 */
export const sessionVerbs = [...apiVerbs, 'pair', 'expire', 'drop', 'restore', 'deafen', 'hear'] as const;
export type SessionVerb = (typeof sessionVerbs)[number];

/** The first code lives for a minute, each of the five after it for 20 s; then there are none. */
const FIRST_CODE_MS = 60_000;
const NEXT_CODE_MS = 20_000;
const MOST_CODES = 6;

/** Sessions of accounts start out paired and working. */
export function createSessions(now: () => number): Sessions {
  const kept = new WeakMap<WhatsappLiteAccount, Session>();
  const of = (account: WhatsappLiteAccount): Session => {
    const session = kept.get(account) ?? working();
    kept.set(account, session);
    if (session.status === 'SCAN_QR_CODE' && codeAt(session, now()) >= MOST_CODES) session.status = 'FAILED';
    return session;
  };
  return {
    of,
    change: (account, verb) => {
      const session = of(account);
      const steps = stepsOf(verb, session);
      session.status = steps.at(-1) ?? session.status;
      if (verb === 'pair' && session.status === 'WORKING') session.paired = true;
      if (verb === 'logout') Object.assign(session, { paired: false, missed: [] });
      if (verb === 'deafen' || verb === 'hear') session.deaf = verb === 'deafen';
      if (session.status === 'SCAN_QR_CODE') session.codes = { since: now(), index: -1, value: '' };
      return steps;
    },
    qr: (account) => {
      const session = of(account);
      const index = codeAt(session, now());
      if (index !== session.codes.index) Object.assign(session.codes, { index, value: newRef() });
      return session.codes.value;
    },
    hears: (account) => of(account).status === 'WORKING' && !of(account).deaf,
  };
}

function working(): Session {
  const codes = { since: 0, index: -1, value: '' };
  return {
    status: 'WORKING',
    paired: true,
    codes,
    deaf: false,
    missed: [],
    groups: new Map(),
    subjects: new Map(),
    config: undefined,
  };
}

function codeAt({ codes }: Session, now: number): number {
  const shown = now - codes.since;
  return shown < FIRST_CODE_MS ? 0 : 1 + Math.floor((shown - FIRST_CODE_MS) / NEXT_CODE_MS);
}

function stepsOf(verb: SessionVerb, session: Session): SessionStatus[] {
  const linked: SessionStatus = session.paired ? 'WORKING' : 'SCAN_QR_CODE';
  switch (verb) {
    case 'stop':
      return ['STOPPED'];
    case 'logout':
      return ['STARTING', 'SCAN_QR_CODE'];
    case 'pair':
      return session.status === 'SCAN_QR_CODE' ? ['WORKING'] : [];
    case 'expire':
      return session.status === 'SCAN_QR_CODE' ? ['FAILED'] : [];
    case 'start':
      return session.status === 'STOPPED' || session.status === 'FAILED' ? ['STARTING', linked] : [];
    case 'restart':
      return ['STOPPED', 'STARTING', linked];
    case 'drop':
      return session.status === 'WORKING' ? ['STARTING'] : [];
    case 'restore':
      return session.status === 'STARTING' && session.paired ? ['WORKING'] : [];
    case 'deafen':
    case 'hear':
      return [];
  }
}

function newRef(): string {
  return `2@${randomBytes(30).toString('base64')},${randomBytes(15).toString('base64')}`;
}
