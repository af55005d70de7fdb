import { randomBytes } from 'node:crypto';
import type { GatewayAccount, WhatsappLiteAccount } from '../account.ts';

type SessionStatus = 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'WORKING' | 'FAILED';

/** A linked device. `paired` stays true until it is logged out. */
interface Session {
  status: SessionStatus;
  paired: boolean;
  /** what the QR code says, and since when */
  qr: { value: string; at: number };
}

export interface Sessions {
  of(account: WhatsappLiteAccount): Session;
  /** Changes the session as this verb does. Answers the statuses it went through. */
  change(account: GatewayAccount, verb: SessionVerb): SessionStatus[];
  /** The QR code to scan now; a new one every 20 seconds, as WhatsApp's own. */
  qr(account: WhatsappLiteAccount): string;
}

export const sessionVerbs = ['start', 'stop', 'restart', 'logout', 'pair'] as const;
export type SessionVerb = (typeof sessionVerbs)[number];

const qrMs = 20_000;

/** Sessions of accounts start out paired and working. */
export function createSessions(now: () => number): Sessions {
  const kept = new WeakMap<WhatsappLiteAccount, Session>();
  const of = (account: WhatsappLiteAccount): Session => {
    const session = kept.get(account) ?? { status: 'WORKING', paired: true, qr: { value: '', at: 0 } };
    kept.set(account, session);
    return session;
  };
  return {
    of,
    change: (account, verb) => {
      const session = of(account);
      if (verb === 'pair') session.paired = true;
      if (verb === 'logout') session.paired = false;
      const steps = stepsOf(verb, session);
      session.status = steps.at(-1) ?? session.status;
      return steps;
    },
    qr: (account) => {
      const { qr } = of(account);
      if (qr.at + qrMs <= now()) Object.assign(qr, { value: newRef(), at: now() });
      return qr.value;
    },
  };
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
    case 'start':
      return session.status === 'STOPPED' || session.status === 'FAILED' ? ['STARTING', linked] : [];
    case 'restart':
      return ['STOPPED', 'STARTING', linked];
  }
}

function newRef(): string {
  return `2@${randomBytes(30).toString('base64')},${randomBytes(15).toString('base64')}`;
}
