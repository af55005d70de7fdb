import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { phoneNumber } from '../../domain/phone-number.ts';
import type { ProviderError, SessionState } from '../contract.ts';
import { compact, readAs } from '../shared/read.ts';
import { evolutionInstances, evolutionState, wahaSession } from './api.ts';
import { ask, isOk, toEvolution, toWaha } from './call.ts';
import type { Credentials, EvolutionCredentials, GatewayCredentials } from './credentials.ts';
import { errorOf } from './errors.ts';
import { connectionOf } from './connection.ts';
import { sessionOf } from './session.ts';

/** What a gateway says of its session. */
export type GatewaySession =
  | { ok: true; state: SessionState; externalId?: string; name?: string; facts?: Record<string, string> }
  | { ok: false; error: ProviderError };

/** Asks a gateway for its session. Notify can't be asked anything that does not send: it is taken at its word. */
export function sessionState(account: ConnectedAccount<Credentials>): Promise<GatewaySession> {
  const { credentials } = account;
  switch (credentials.kind) {
    case 'notify':
      return Promise.resolve({ ok: true, state: 'connected' });
    case 'gateway':
      return stateOfWaha(account, credentials);
    case 'evolution':
      return stateOfEvolution(account, credentials);
  }
}

async function stateOfWaha(account: ConnectedAccount, credentials: GatewayCredentials): Promise<GatewaySession> {
  const path = `sessions/${encodeURIComponent(credentials.session)}`;
  const answer = await ask(account, toWaha(credentials, { method: 'GET', path }));
  const found = isOk(answer) ? readAs(wahaSession, answer.json) : undefined;
  if (!found) return { ok: false, error: errorOf(answer) };
  const { status, me, engine, timestamps } = found;
  const activity = timestamps?.activity;
  const facts = compact({
    status,
    engine: engine?.engine,
    engine_state: engine?.state,
    last_activity_at: activity === undefined ? undefined : new Date(activity).toISOString(),
  });
  const more = compact({ externalId: phoneNumber(me?.id ?? ''), name: me?.pushName });
  return { ok: true, state: sessionOf(status) ?? 'failed', facts, ...more };
}

async function stateOfEvolution(account: ConnectedAccount, credentials: EvolutionCredentials): Promise<GatewaySession> {
  const answer = await ask(account, toEvolution(credentials, { method: 'GET', path: 'instance/connectionState' }));
  const found = isOk(answer) ? readAs(evolutionState, answer.json) : undefined;
  if (!found) return { ok: false, error: errorOf(answer) };
  const status = found.instance.state ?? 'close';
  // it says that it is connecting again when it does; one that stays closed is not connected
  const state = status === 'close' ? 'stopped' : (connectionOf(status) ?? 'failed');
  const owner = state === 'connected' ? await ownerOf(account, credentials) : {};
  return { ok: true, state, facts: { status }, ...owner };
}

async function ownerOf(
  account: ConnectedAccount,
  { instance, api_key }: EvolutionCredentials,
): Promise<{ externalId?: string; name?: string }> {
  const path = `instance/fetchInstances?instanceName=${encodeURIComponent(instance)}`;
  const answer = await ask(account, { method: 'GET', path, headers: { apikey: api_key } });
  const [found] = (isOk(answer) ? readAs(evolutionInstances, answer.json) : undefined) ?? [];
  return compact({ externalId: phoneNumber(found?.ownerJid ?? ''), name: found?.profileName });
}
