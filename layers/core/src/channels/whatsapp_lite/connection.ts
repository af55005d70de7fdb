import type { AccountNews, SessionState } from '../contract.ts';
import { compact } from '../shared/read.ts';

/** Evolution's words for its connections. */
const states: Record<string, SessionState> = {
  open: 'connected',
  connecting: 'starting',
  close: 'starting',
  refused: 'stopped',
};

/** Why Baileys closed a connection, where it does not come back by itself. */
const ends: Record<number, { state: SessionState; code: string; detail: string }> = {
  401: { state: 'stopped', code: 'unlinked', detail: 'The phone has unlinked this session. Scan a new code.' },
  402: { state: 'failed', code: 'number_refused', detail: 'WhatsApp refuses this number.' },
  403: { state: 'failed', code: 'number_banned', detail: 'WhatsApp has banned this number.' },
  406: { state: 'failed', code: 'number_refused', detail: 'WhatsApp refuses this number.' },
  408: { state: 'stopped', code: 'code_not_scanned', detail: 'Nobody scanned the code in time. Ask for a new one.' },
  440: { state: 'failed', code: 'session_replaced', detail: 'Another session has taken the place of this one.' },
  500: { state: 'failed', code: 'session_broken', detail: 'The session is broken. Log out, and scan a new code.' },
};

/** Evolution shows so many codes and no more. */
export const noCodesLeft: AccountNews = {
  about: 'session',
  state: 'stopped',
  code: 'no_codes_left',
  detail: 'Too many codes were shown and none was scanned. Ask for a new one.',
};

/** The state of a session, by Evolution's word for it. */
export function connectionOf(state: string | undefined): SessionState | undefined {
  return state !== undefined && Object.hasOwn(states, state) ? states[state] : undefined;
}

/** What a connection's new state means; `reason` is Baileys' own number for why. */
export function connectionNews(state: string, reason: number | undefined): AccountNews | undefined {
  const known = connectionOf(state);
  if (known === undefined || state === 'refused') return known && noCodesLeft;
  const end = state === 'close' && reason !== undefined ? ends[reason] : undefined;
  const again =
    state === 'close' ? `The connection broke off (${reason ?? 'no reason'}) and is made again.` : undefined;
  return { about: 'session', ...(end ?? { state: known, ...compact({ detail: again }) }) };
}
