import { compact } from './compact.ts';

/** A QR gateway's session, in the field's words. */
export type SessionState = 'stopped' | 'starting' | 'scan_qr' | 'connected' | 'failed';

/**
 * `needs_reauth`: the provider no longer takes the credentials, and somebody has to connect the account again.
 * `disconnected`: its session is not linked. `degraded`: it works badly, or could not be asked.
 */
export type HealthState = 'healthy' | 'degraded' | 'needs_reauth' | 'disconnected' | 'unknown';

/** How an account does. Times are milliseconds since the epoch. */
export interface AccountHealth {
  state: HealthState;
  /** why, in words */
  detail?: string;
  /** which of our reasons that is, where it is one: for clients that say it in their own language */
  code?: string;
  session?: SessionState;
  /** what else the provider says (quality rating, messaging limit) */
  facts?: Record<string, string>;
  /** its provider takes no more: it went on with so many messages a second, and more since; by `until` (ms) with all it may send, if no refusal comes */
  slowed?: { perSecond: number; until: number };
  /** when this state began */
  since: number;
  /** when the provider was last asked, to the hour */
  checkedAt?: number;
}

/** What went through an account lately. Times are to the minute, counts are of this hour and the one before it. */
export interface Activity {
  lastInboundAt?: number;
  lastOutboundAt?: number;
  /** when the provider last said that something arrived */
  lastReceiptAt?: number;
  /** how many were sent since then */
  sentSinceReceipt: number;
  sent: number;
  failed: number;
}

/** What was learnt of an account. A fault that may pass says nothing of the credentials. */
export type Finding =
  /** `trouble`: what speaks against it all the same */
  | { about: 'probe'; session?: SessionState; facts?: Record<string, string>; trouble?: Note }
  | ({ about: 'session'; session: SessionState } & Note)
  | ({ about: 'credentials'; ok: boolean } & Note)
  | { about: 'quality' | 'history'; detail: string }
  | { about: 'rate'; slowed: NonNullable<AccountHealth['slowed']> }
  | ({ about: 'fault' } & Note);

type Note = Pick<AccountHealth, 'detail' | 'code'>;

/** Sends without any word of their arrival that make a session that says it is connected doubtful. */
const SILENT_SENDS = 5;
const SILENT_MS = 15 * 60_000;
/** Failures of recent sends from which an account works badly. */
const MOST_ERRORS = 0.5;
const FEWEST_SENDS = 5;

/** The share of recent sends that failed; undefined when there were none. */
export function errorRateOf({ sent, failed }: Activity): number | undefined {
  const all = sent + failed;
  return all === 0 ? undefined : Math.round((failed / all) * 1000) / 1000;
}

/** An account that must not send: what was accepted for it waits. */
export function isHeld({ status, health }: { status: 'Active' | 'Inactive'; health?: AccountHealth }): boolean {
  return status === 'Inactive' || health?.state === 'needs_reauth';
}

/** How an account does after a finding. The same finding again changes nothing. */
export function healthAfter(known: AccountHealth | undefined, finding: Finding, now: number): AccountHealth {
  const before = known ?? { state: 'unknown', since: now };
  const { state, detail, code } = stateAfter(before, finding);
  const session = 'session' in finding ? finding.session : before.session;
  const facts = factsAfter(before, finding);
  const slowed = finding.about === 'rate' ? finding.slowed : before.slowed;
  return {
    state,
    since: state === before.state ? before.since : now,
    ...compact({ detail, code, session, facts, checkedAt: before.checkedAt }),
    ...(slowed === undefined || slowed.until <= now ? {} : { slowed }),
  };
}

/** What an account's traffic says against it. `reportsArrival`: its provider tells when a message has arrived. */
export function troubleIn(activity: Activity, reportsArrival: boolean, now: number): Note | undefined {
  const rate = errorRateOf(activity) ?? 0;
  if (rate >= MOST_ERRORS && activity.sent + activity.failed >= FEWEST_SENDS)
    return { code: 'many_failed', detail: `${Math.round(rate * 100)}% of the recent messages failed.` };
  const since = activity.lastReceiptAt ?? 0;
  const silent = activity.sentSinceReceipt >= SILENT_SENDS && (activity.lastOutboundAt ?? 0) - since > SILENT_MS;
  return reportsArrival && silent && now - since > SILENT_MS
    ? { code: 'no_receipts', detail: 'The provider takes messages and has not said of any that it arrived.' }
    : undefined;
}

type Judged = Pick<AccountHealth, 'state'> & Note;

function stateAfter(before: AccountHealth, finding: Finding): Judged {
  switch (finding.about) {
    case 'probe':
      return afterProbe(before, finding);
    case 'session':
      return ofSession(before, finding.session, finding);
    case 'credentials':
      return finding.ok ? { state: 'healthy' } : withNote('needs_reauth', finding);
    case 'quality':
    case 'history':
    case 'rate':
      return withNote(before.state, before);
    case 'fault':
      return before.state === 'healthy' || before.state === 'unknown' || before.state === 'degraded'
        ? withNote('degraded', finding)
        : withNote(before.state, before);
  }
}

function afterProbe(before: AccountHealth, { session, trouble }: Extract<Finding, { about: 'probe' }>): Judged {
  const judged: Judged = session === undefined ? { state: 'healthy' } : ofSession(before, session);
  return judged.state === 'healthy' && trouble !== undefined ? withNote('degraded', trouble) : judged;
}

/** A session on its way up says nothing yet: a gateway that reconnects all day is not news all day. */
function ofSession(before: AccountHealth, session: SessionState, note: Note = {}): Judged {
  if (session === 'connected') return { state: 'healthy' };
  if (session === 'starting' || before.state === 'needs_reauth') return withNote(before.state, before);
  return withNote('disconnected', note.detail === undefined ? sessionNotes[session] : note);
}

const sessionNotes: Record<Exclude<SessionState, 'connected' | 'starting'>, Note> = {
  stopped: { code: 'session_stopped', detail: 'The session is stopped. Start it.' },
  scan_qr: { code: 'not_linked', detail: 'The phone is not linked. Scan the code.' },
  failed: { code: 'session_failed', detail: 'The session failed. Start it again.' },
};

function withNote(state: HealthState, { detail, code }: Note): Judged {
  return { state, ...compact({ detail, code }) };
}

function factsAfter(before: AccountHealth, finding: Finding): AccountHealth['facts'] {
  if (finding.about === 'quality' || finding.about === 'history')
    return { ...before.facts, [finding.about]: finding.detail };
  if (finding.about !== 'probe' || !finding.facts) return before.facts;
  // of the history only a webhook tells, once
  const { history } = before.facts ?? {};
  return { ...finding.facts, ...compact({ history }) };
}
