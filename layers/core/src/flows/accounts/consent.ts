import type { Channel, GrantedAccount, OAuth, OAuthApp } from '../../channels/contract.ts';
import type { ChannelAccount, ConnectedAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { object, text, webUrl } from '../../domain/fields.ts';
import { newChannelAccountId } from '../../domain/id.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { appsOf, listAccounts } from '../../store/channel-accounts.ts';
import { consentOf, stateOf, takeConsent } from '../../store/consents.ts';
import type { Consent } from '../../store/consents.ts';
import { providerUrl } from '../../store/deployment.ts';
import { channelField } from '../channel-field.ts';
import { refusedByProvider } from '../acts/refused-by-provider.ts';
import { appFor, connect } from './create.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { changeAccount } from './update.ts';
import type { Principal } from '../access/authenticate.ts';
import * as v from 'valibot';

const question = object({ channel: channelField, redirect_url: webUrl, app_id: v.optional(text(1, 200)) });
const answer = object({ state: text(1, 4000), code: text(1, 4000) });

/** `rpc/connect_channel`: where the owner of accounts is sent to let us have them. */
export async function askConsent(
  load: LoadChannel,
  { organizationId }: Principal,
  json: unknown,
): Promise<Result<{ url: string; state: string }>> {
  const read = readOrRefuse(question, json);
  if (!read.ok) return read;
  const { channel, redirect_url: redirectUrl, app_id } = read.value;
  const found = await oauthOf(await load(channel), app_id);
  if (!found.ok) return found;
  const { oauth, app, baseUrl } = found.value;
  const state = await stateOf({ organizationId, channel, appId: app.id, redirectUrl }, Date.now());
  return ok({ url: oauth.authorizeUrl(app, { redirectUrl, state, baseUrl }), state });
}

/** What became of each account that the owner let us have. */
export interface Granted {
  accounts: ChannelAccount[];
  refused: { externalId: string; name: string; problem: Problem }[];
}

/** `rpc/finish_connection`: what the owner came back with becomes accounts. A state is good for ten minutes, for its organization, once. */
export async function finishConsent(load: LoadChannel, principal: Principal, json: unknown): Promise<Result<Granted>> {
  const read = readOrRefuse(answer, json);
  if (!read.ok) return read;
  const now = Date.now();
  const consent = await consentOf(read.value.state, principal.organizationId, now);
  if (!consent) return refuse(400, 'invalid_state', `'state' is not one of the last ten minutes`, { details: 'state' });
  const channel = await load(consent.channel);
  const found = await oauthOf(channel, consent.appId);
  if (!found.ok) return found;
  if (!(await takeConsent(consent.nonce, now)))
    return refuse(409, 'state_used', `'state' has been used`, { details: 'state' });
  const { oauth, app, baseUrl } = found.value;
  const granted = await oauth.exchange(app, { code: read.value.code, redirectUrl: consent.redirectUrl, baseUrl });
  if (!granted.ok) return refusedByProvider(granted.error, { label: channel.manifest.label, details: 'code' });
  return ok(await take(load, channel, consent, granted.accounts));
}

interface Found {
  oauth: OAuth<unknown>;
  app: OAuthApp;
  baseUrl: string;
}

async function oauthOf(channel: Channel, appId: string | undefined): Promise<Result<Found>> {
  const { name, label } = channel.manifest;
  const oauth = await channel.oauth?.();
  if (!oauth)
    return refuse(422, 'no_consent', `${label} accounts are connected by their credentials`, { details: 'channel' });
  const known = await appFor(name, appId);
  if (!known.ok) return known;
  const app = (await appsOf(name)).find(({ id }) => id === (known.value ?? appId));
  if (!app) return refuse(422, 'no_app', `This deployment has no ${label} application`, { details: 'channel' });
  return ok({
    oauth,
    app: { id: app.id, secrets: Object.assign({}, ...app.secrets) as Record<string, string> },
    baseUrl: providerUrl(channel.manifest),
  });
}

async function take(
  load: LoadChannel,
  channel: Channel,
  consent: Consent,
  granted: GrantedAccount<unknown>[],
): Promise<Granted> {
  const known = (await listAccounts(consent.organizationId)).filter((account) => account.channel === consent.channel);
  const outcome: Granted = { accounts: [], refused: [] };
  for (const one of granted) {
    const before = known.find(({ externalId }) => externalId === one.externalId);
    const taken = before
      ? await changeAccount(load, before, { credentials: one.credentials, probe: false })
      : await connect(channel, draftOf(channel, consent, one));
    if (!taken.ok) outcome.refused.push({ externalId: one.externalId, name: one.name, problem: taken.problem });
    else if (taken.value) outcome.accounts.push(taken.value);
  }
  return outcome;
}

function draftOf(
  { manifest }: Channel,
  { organizationId, channel, appId }: Consent,
  { externalId, name, credentials, expiresAt }: GrantedAccount<unknown>,
): ConnectedAccount {
  const now = Date.now();
  return {
    id: newChannelAccountId(),
    organizationId,
    channel,
    name: name.slice(0, 100) || `${manifest.label} ${externalId}`,
    externalId,
    status: 'Active',
    baseUrl: providerUrl(manifest),
    health: { state: 'healthy', since: now },
    credentials,
    createdAt: now,
    updatedAt: now,
    ...(manifest.signedBy === 'app' ? { appId } : {}),
    ...compact({ expiresAt }),
  };
}
