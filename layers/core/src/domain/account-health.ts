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
  session?: SessionState;
  /** what else the provider says (quality rating, messaging limit) */
  facts?: Record<string, string>;
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
  /** `trouble`: what speaks against it all the same, in words */
  | { about: 'probe'; session?: SessionState; facts?: Record<string, string>; trouble?: string }
  | { about: 'session'; session: SessionState; detail?: string }
  | { about: 'credentials'; ok: boolean; detail?: string }
  | { about: 'quality'; detail: string }
  | { about: 'fault'; detail: string };

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
  const { state, detail } = stateAfter(before, finding);
  const session = 'session' in finding ? finding.session : before.session;
  const facts = factsAfter(before, finding);
  return {
    state,
    since: state === before.state ? before.since : now,
    ...(detail === undefined ? {} : { detail }),
    ...(session === undefined ? {} : { session }),
    ...(facts === undefined ? {} : { facts }),
    ...(before.checkedAt === undefined ? {} : { checkedAt: before.checkedAt }),
  };
}

/** What an account's traffic says against it, in words. `reportsArrival`: its provider tells when a message has arrived. */
export function troubleIn(activity: Activity, reportsArrival: boolean, now: number): string | undefined {
  const rate = errorRateOf(activity) ?? 0;
  if (rate >= MOST_ERRORS && activity.sent + activity.failed >= FEWEST_SENDS)
    return `${Math.round(rate * 100)}% of the recent messages failed.`;
  const since = activity.lastReceiptAt ?? 0;
  const silent = activity.sentSinceReceipt >= SILENT_SENDS && (activity.lastOutboundAt ?? 0) - since > SILENT_MS;
  return reportsArrival && silent && now - since > SILENT_MS
    ? 'The provider takes messages and has not said of any that it arrived.'
    : undefined;
}

type Judged = Pick<AccountHealth, 'state' | 'detail'>;

function stateAfter(before: AccountHealth, finding: Finding): Judged {
  switch (finding.about) {
    case 'probe':
      return afterProbe(before, finding);
    case 'session':
      return ofSession(before, finding.session, finding.detail);
    case 'credentials':
      return finding.ok ? { state: 'healthy' } : withDetail('needs_reauth', finding.detail);
    case 'quality':
      return withDetail(before.state, before.detail);
    case 'fault':
      return before.state === 'healthy' || before.state === 'unknown' || before.state === 'degraded'
        ? { state: 'degraded', detail: finding.detail }
        : withDetail(before.state, before.detail);
  }
}

function afterProbe(before: AccountHealth, { session, trouble }: Extract<Finding, { about: 'probe' }>): Judged {
  const judged: Judged = session === undefined ? { state: 'healthy' } : ofSession(before, session);
  return judged.state === 'healthy' && trouble !== undefined ? { state: 'degraded', detail: trouble } : judged;
}

/** A session on its way up says nothing yet: a gateway that reconnects all day is not news all day. */
function ofSession(before: AccountHealth, session: SessionState, detail?: string): Judged {
  if (session === 'connected') return { state: 'healthy' };
  if (session === 'starting' || before.state === 'needs_reauth') return withDetail(before.state, before.detail);
  return withDetail('disconnected', detail ?? sessionWords[session]);
}

const sessionWords: Record<Exclude<SessionState, 'connected' | 'starting'>, string> = {
  stopped: 'The session is stopped. Start it.',
  scan_qr: 'The phone is not linked. Scan the code.',
  failed: 'The session failed. Start it again.',
};

function withDetail(state: HealthState, detail: string | undefined): Judged {
  return detail === undefined ? { state } : { state, detail };
}

function factsAfter(before: AccountHealth, finding: Finding): AccountHealth['facts'] {
  if (finding.about === 'quality') return { ...before.facts, quality: finding.detail };
  return finding.about === 'probe' ? (finding.facts ?? before.facts) : before.facts;
}
