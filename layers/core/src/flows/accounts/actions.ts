import { renderSVG } from 'uqr';
import type { Channel, Pairing, PairingState } from '../../channels/contract.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { ChannelAccountId } from '../../domain/id.ts';
import { requiredText } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { healthColumn } from '../../domain/account-rows.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import { refusedByProvider } from '../acts/refused-by-provider.ts';
import { learn } from './health.ts';
import { examine } from './examine.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { Principal } from '../access/authenticate.ts';

type Fields = Record<string, unknown>;

/** `rpc/test_channel_account`: asks the provider now, and says what it answered. */
export async function testAccount(load: LoadChannel, principal: Principal, body: Fields): Promise<Result<Fields>> {
  const found = await accountNamed(load, principal, body);
  if (!found.ok) return found;
  const { channel, account } = found.value;
  const examined = await examine(channel, account);
  if (!examined) return refuse(422, 'no_probe', `${channel.manifest.label} has nothing to ask about an account`);
  const { probe, health } = examined;
  const said = probe.ok
    ? {
        external_id: probe.externalId ?? null,
        name: probe.name ?? null,
        session: probe.session ?? null,
        facts: probe.facts ?? null,
        error: null,
      }
    : { external_id: null, name: null, session: null, facts: null, error: errorOf(probe) };
  return ok({ id: account.id, ok: probe.ok, ...said, health: healthColumn({ ...account, health }) });
}

/** `rpc/pair_channel_account`: the code that a phone scans now. Asked again until the state is `connected`. */
export async function pairAccount(load: LoadChannel, principal: Principal, body: Fields): Promise<Result<Fields>> {
  const found = await pairableNamed(load, principal, body);
  if (!found.ok) return found;
  const { channel, account, pairing } = found.value;
  const shown = await pairing.show(account);
  if (!shown.ok) return refusedBy(channel, shown);
  await learn(account, { about: 'session', session: shown.state }, Date.now());
  return ok({ id: account.id, ...stateFields(shown) });
}

/** `rpc/logout_channel_account`: the phone is linked no more. */
export async function logoutAccount(load: LoadChannel, principal: Principal, body: Fields): Promise<Result<Fields>> {
  const found = await pairableNamed(load, principal, body);
  if (!found.ok) return found;
  const { channel, account, pairing } = found.value;
  const done = await pairing.logout(account);
  if (!done.ok) return refusedBy(channel, done);
  await learn(account, { about: 'session', session: 'scan_qr' }, Date.now());
  return ok({ id: account.id, state: 'scan_qr' });
}

interface Found {
  channel: Channel;
  account: ConnectedAccount;
}

async function accountNamed(load: LoadChannel, { organizationId }: Principal, body: Fields): Promise<Result<Found>> {
  const named = requiredText(body, 'id');
  if (!named.ok) return named;
  const id = named.value as ChannelAccountId;
  connectedAccount.forget(organizationId, id);
  const account = await connectedAccount(organizationId, id);
  if (!account)
    return refuse(404, 'no_channel_account', `'id' names no channel account of this organization`, { details: 'id' });
  return ok({ channel: await load(account.channel), account });
}

/** An account whose session is a phone's. */
async function pairableNamed(
  load: LoadChannel,
  principal: Principal,
  body: Fields,
): Promise<Result<Found & { pairing: Pairing<unknown> }>> {
  const found = await accountNamed(load, principal, body);
  if (!found.ok) return found;
  const { channel } = found.value;
  const pairing = await channel.pairing?.();
  if (pairing) return ok({ ...found.value, pairing });
  return refuse(422, 'no_pairing', `${channel.manifest.label} accounts are not paired with a phone`, { details: 'id' });
}

function refusedBy({ manifest }: Channel, { error }: Extract<PairingState, { ok: false }>) {
  return refusedByProvider(error, { label: manifest.label });
}

function stateFields(shown: Extract<PairingState, { ok: true }>): Fields {
  if (shown.state !== 'scan_qr') return { state: shown.state, qr: null, qr_svg: null, expires_at: null };
  const { qr, expiresAt } = shown;
  return { state: 'scan_qr', qr, qr_svg: renderSVG(qr, { border: 2 }), expires_at: new Date(expiresAt).toISOString() };
}

function errorOf({
  error,
}: {
  error: { code: string; class: string; message: string; permanent: boolean; providerCode?: string };
}): Fields {
  const { code, class: kind, message, permanent, providerCode } = error;
  return { code, class: kind, message, permanent, provider_code: providerCode ?? null };
}
