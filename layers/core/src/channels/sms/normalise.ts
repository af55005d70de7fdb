import type { SendError } from '../../domain/status.ts';
import type { Element } from '../contract.ts';
import { compact, elementOf, readAs, type Reading } from '../shared/read.ts';
import { mend, never, sendErrorOf } from '../shared/receipt.ts';
import { smsIdOf } from './sms-id.ts';
import { names, report } from './wire.ts';

type State = 'SENT' | 'DELIVERED' | 'FAILED' | 'unknown';

/** The states of a receipt (SMPP 3.4, appendix B), and what services call them. Bare numbers mean one thing in SMPP and another in Kannel. */
const states: Record<string, State> = {
  enroute: 'SENT',
  acceptd: 'SENT',
  accepted: 'SENT',
  sent: 'SENT',
  submitted: 'SENT',
  queued: 'SENT',
  delivrd: 'DELIVERED',
  delivered: 'DELIVERED',
  expired: 'FAILED',
  deleted: 'FAILED',
  undeliv: 'FAILED',
  undelivered: 'FAILED',
  undeliverable: 'FAILED',
  rejectd: 'FAILED',
  rejected: 'FAILED',
  failed: 'FAILED',
  unknown: 'unknown',
};

const expired = mend('recipient_unavailable', 'expired', 'The phone could not be reached in time.');
const rejected = never('recipient_unavailable', 'rejected', 'The network or the recipient does not take the message.');
const undeliverable = never('recipient_unavailable', 'undeliverable', 'The network could not deliver the message.');

/** One delivery report. */
export function normalise(payload: unknown): Element[] {
  return [elementOf(payload, undefined, () => readReport(payload))];
}

function readReport(payload: unknown): Reading {
  const parsed = readAs(report, payload);
  if (!parsed) return 'report without our reference';
  const { reference, fields } = parsed;
  const found = findIn(fields);
  const word = wordOf(found('status'));
  const state = Object.hasOwn(states, word) ? states[word] : undefined;
  if (!state) return word ? `unknown status ${word.slice(0, 60)}` : 'report without a status';
  if (state === 'unknown') return { kind: 'ignored', why: 'the network does not know what became of it' };
  const error = state === 'FAILED' ? errorOfReport(word, found('error')) : undefined;
  return { kind: 'status', providerMessageId: smsIdOf(reference), status: state, reference, ...compact({ error }) };
}

/** `code` is the network's own. */
function errorOfReport(state: string, code: string | undefined): SendError {
  const failure = state === 'expired' ? expired : state.startsWith('reject') ? rejected : undeliverable;
  return sendErrorOf(failure, code ?? state);
}

function findIn(fields: Record<string, string>): (what: keyof typeof names) => string | undefined {
  const lower = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
  return (what) => names[what].map((name) => lower.get(name)).find(Boolean);
}

/** `DELIVRD`, or the receipt text of SMPP: `id:… stat:DELIVRD err:000 text:…`. */
function wordOf(status = ''): string {
  return (/\bstat:\s*(\w+)/i.exec(status)?.[1] ?? status).trim().toLowerCase();
}
