import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Pairing, PairingState } from '../contract.ts';
import { readAs } from '../shared/read.ts';
import { never, sendErrorOf } from '../shared/receipt.ts';
import { evolutionQr, wahaQr } from './api.ts';
import { ask, isOk, toEvolution, toWaha, type Call } from './call.ts';
import type { Credentials, EvolutionCredentials, GatewayCredentials } from './credentials.ts';
import { doneOf, errorOf } from './errors.ts';
import { sessionState } from './state.ts';

/** WhatsApp changes the code every 20 s (the first one lives for 60 s); no gateway says since when it has had the one it shows. */
const CODE_MS = 20_000;

const STARTING: PairingState = { ok: true, state: 'starting' };

const atAppgain = sendErrorOf(
  never('invalid', 'no_pairing', 'Appgain shows the code of this suit in its own dashboard.'),
);

/** By the gateway's own code; that of Notify is shown elsewhere. */
export const pairing: Pairing<Credentials> = {
  show(account) {
    const { credentials } = account;
    switch (credentials.kind) {
      case 'notify':
        return Promise.resolve({ ok: false, error: atAppgain });
      case 'gateway':
        return showWaha(account, credentials);
      case 'evolution':
        return showEvolution(account, credentials);
    }
  },
  async logout(account) {
    const { credentials } = account;
    if (credentials.kind === 'notify') return { ok: false, error: atAppgain };
    const answer = await ask(account, logoutCall(credentials));
    // Evolution refuses to log out what is not logged in
    const isOut = answer.kind === 'answer' && answer.status === 400;
    return isOut ? { ok: true } : doneOf(answer);
  },
};

/** Brings the session to where it shows a code. A code that is shown already is left alone: asked for often, it stays the same. */
async function showWaha(
  account: ConnectedAccount<Credentials>,
  credentials: GatewayCredentials,
): Promise<PairingState> {
  const session = await sessionState(account);
  if (!session.ok) return session.error.providerCode === '404' ? begin(account, credentials, 'create') : session;
  switch (session.state) {
    case 'connected':
    case 'starting':
      return { ok: true, state: session.state };
    case 'stopped':
      return begin(account, credentials, 'start');
    case 'failed':
      return begin(account, credentials, 'restart');
    case 'scan_qr':
      return codeOfWaha(account, credentials);
  }
}

async function begin(
  account: ConnectedAccount,
  credentials: GatewayCredentials,
  how: 'create' | 'start' | 'restart',
): Promise<PairingState> {
  const { session } = credentials;
  const answer = await ask(
    account,
    how === 'create'
      ? toWaha(credentials, { method: 'POST', path: 'sessions', body: { name: session, start: true } })
      : toWaha(credentials, { method: 'POST', path: `sessions/${encodeURIComponent(session)}/${how}` }),
  );
  return isOk(answer) ? STARTING : { ok: false, error: errorOf(answer) };
}

async function codeOfWaha(account: ConnectedAccount, credentials: GatewayCredentials): Promise<PairingState> {
  const path = `${encodeURIComponent(credentials.session)}/auth/qr?format=raw`;
  const answer = await ask(account, toWaha(credentials, { method: 'GET', path }));
  const qr = isOk(answer) ? readAs(wahaQr, answer.json)?.value : undefined;
  if (qr) return scan(qr);
  // between the two calls somebody has scanned it, or it has run out
  return answer.kind === 'answer' && answer.status === 422 ? STARTING : { ok: false, error: errorOf(answer) };
}

/** While it shows codes, Evolution gives the one it shows; an instance that it does not know is made. */
async function showEvolution(
  account: ConnectedAccount<Credentials>,
  credentials: EvolutionCredentials,
): Promise<PairingState> {
  const session = await sessionState(account);
  if (session.ok && session.state === 'connected') return { ok: true, state: 'connected' };
  const isNew = !session.ok && session.error.providerCode === '404';
  if (!session.ok && !isNew) return session;
  const connect = toEvolution(credentials, { method: 'GET', path: 'instance/connect' });
  const answer = await ask(account, isNew ? creationOf(credentials) : connect);
  if (!isOk(answer)) return { ok: false, error: errorOf(answer) };
  const found = readAs(evolutionQr, answer.json);
  const code = found?.code ?? found?.qrcode?.code;
  return code ? scan(code) : STARTING;
}

function creationOf({ instance, api_key }: EvolutionCredentials): Call {
  const body = { instanceName: instance, integration: 'WHATSAPP-BAILEYS', qrcode: true };
  return { method: 'POST', path: 'instance/create', headers: { apikey: api_key }, body };
}

function logoutCall(credentials: GatewayCredentials | EvolutionCredentials): Call {
  if (credentials.kind === 'evolution') return toEvolution(credentials, { method: 'DELETE', path: 'instance/logout' });
  return toWaha(credentials, { method: 'POST', path: `sessions/${encodeURIComponent(credentials.session)}/logout` });
}

function scan(qr: string): PairingState {
  return { ok: true, state: 'scan_qr', qr, expiresAt: Date.now() + CODE_MS };
}
