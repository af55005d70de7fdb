import type { Channel, Probe, ProviderError } from '../../channels/contract.ts';
import { manifestOf } from '../../channels/manifests.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { healthAfter } from '../../domain/account-health.ts';
import type { ConnectedAccount, ChannelAccount } from '../../domain/channel-account.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { compact } from '../../domain/compact.ts';
import { newChannelAccountId } from '../../domain/id.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { deleteAccount, heldElsewhere, insertAccount } from '../../store/account-writes.ts';
import type { Saved } from '../../store/account-writes.ts';
import { appsOf } from '../../store/channel-accounts.ts';
import { providerUrl } from '../../store/deployment.ts';
import { statusOfNo, waitOf } from '../acts/refused-by-provider.ts';
import { findingOfProbe } from './examine.ts';
import { noteFault } from './health.ts';
import { parseNewAccount } from './request.ts';
import type { NewAccount } from './request.ts';
import { subscribe } from './subscribe.ts';
import type { Principal } from '../access/authenticate.ts';
import { readCredentials } from './credential-fields.ts';

/**
 * Connects an account: its credentials are checked by their form and then by asking the provider, what its webhooks name it by is taken, and
 * the provider is told where to send them. Nothing is left of an account that could not be connected.
 */
export async function createAccount(
  load: LoadChannel,
  { organizationId }: Principal,
  json: unknown,
): Promise<Result<ChannelAccount>> {
  const parsed = await parseNewAccount(json);
  if (!parsed.ok) return parsed;
  const channel = await load(parsed.value.channel);
  const draft = await draftOf(channel, organizationId, parsed.value);
  if (!draft.ok) return draft;
  const probed = parsed.value.probe ? await probeDraft(channel, draft.value) : ok(draft.value);
  return probed.ok ? connect(channel, probed.value, parsed.value.probe) : probed;
}

/** Writes a new account and has the provider send us its webhooks. Where the provider `must` do that, nothing is left of an account for which it would not. */
export async function connect(
  channel: Channel,
  account: ConnectedAccount,
  must = true,
): Promise<Result<ChannelAccount>> {
  if (account.externalId === '')
    return refuse(400, 'missing_field', `'external_id' is required: the provider does not tell it`, {
      details: 'external_id',
    });
  const names = channel.names(account);
  const free = await heldElsewhere(account, (await channel.within?.(account)) ?? []);
  const saved = free.ok ? await insertAccount(account, names) : free;
  if (!saved.ok) return refuseTaken(account, saved);
  const subscribed = await subscribe(channel, account);
  if (subscribed.ok) return ok(account);
  if (!must) {
    const health = await noteFault(account, subscribed.problem);
    return ok({ ...account, ...(health ? { health } : {}) });
  }
  await deleteAccount(account, names);
  return subscribed;
}

/** A new account as far as its owner and its channel say, before the provider is asked. */
async function draftOf(
  channel: Channel,
  organizationId: OrganizationId,
  request: NewAccount,
): Promise<Result<ConnectedAccount>> {
  const credentials = readCredentials(await channel.credentials(), request.credentials);
  if (!credentials.ok) return credentials;
  const app = await appFor(channel.manifest.name, request.appId);
  if (!app.ok) return app;
  const now = Date.now();
  return ok({
    id: newChannelAccountId(),
    organizationId,
    channel: request.channel,
    name: request.name ?? '',
    externalId: request.externalId ?? '',
    status: 'Active',
    baseUrl: request.baseUrl ?? providerUrl(channel.manifest),
    credentials: credentials.value,
    createdAt: now,
    updatedAt: now,
    ...compact({ appId: app.value, settings: request.settings }),
  });
}

/** The application whose webhooks are the account's: the one that is named, or the only one there is. */
export async function appFor(channel: ChannelName, named: string | undefined): Promise<Result<string | undefined>> {
  if (manifestOf(channel).signedBy !== 'app') return ok(undefined);
  const apps = await appsOf(channel);
  const app = named === undefined && apps.length === 1 ? apps[0] : apps.find(({ id }) => id === named);
  if (app) return ok(app.id);
  const words =
    named === undefined ? 'is required: there is not just one application' : 'names no application of this deployment';
  return refuse(422, 'no_app', `'app_id' ${words}`, { details: 'app_id' });
}

/** What the provider says of an account that is being connected: its word for who the account is counts. */
async function probeDraft(channel: Channel, draft: ConnectedAccount): Promise<Result<ConnectedAccount>> {
  if (!channel.probe) return ok(named(draft, channel));
  const probe = await channel.probe(draft);
  if (!probe.ok) return refuseProbe(channel, probe.error);
  return ok(named(withProbe(draft, probe), channel));
}

/** An account as the provider's answer has it. */
export function withProbe(account: ConnectedAccount, probe: Extract<Probe, { ok: true }>): ConnectedAccount {
  const now = Date.now();
  const health = { ...healthAfter(undefined, findingOfProbe(probe), now), checkedAt: now - (now % 3_600_000) };
  return {
    ...account,
    externalId: probe.externalId ?? account.externalId,
    name: account.name || (probe.name ?? ''),
    health,
    ...compact({ expiresAt: probe.expiresAt }),
  };
}

function named(account: ConnectedAccount, { manifest }: Channel): ConnectedAccount {
  return { ...account, name: account.name || `${manifest.label} ${account.externalId}`.trim() };
}

/** Why the provider did not take the credentials, or could not be asked. */
export function refuseProbe({ manifest }: Channel, error: ProviderError) {
  const { code, class: kind, message } = error;
  return kind === 'auth'
    ? refuse(422, 'credentials_refused', `'credentials': ${message}`, { details: 'credentials' })
    : refuse(statusOfNo(error), 'probe_failed', `${manifest.label} could not be asked about this account: ${message}`, {
        details: code,
        hint: `With 'probe': false it is connected without asking.`,
        ...waitOf(error),
      });
}

export function refuseTaken(
  { channel, externalId }: ChannelAccount,
  { taken, ownOrganization }: Extract<Saved, { ok: false }>,
) {
  const { label } = manifestOf(channel);
  if (taken.startsWith('secret:'))
    return refuse(409, 'secret_taken', `'credentials': another ${label} account has the same webhook secret`, {
      details: 'credentials',
      hint: 'Choose another secret.',
    });
  const whose = ownOrganization ? 'is connected already' : 'is connected by another organization';
  const address = taken.startsWith('account:') ? externalId : taken.slice(taken.indexOf(':') + 1);
  return refuse(409, 'account_taken', `The ${label} account '${address}' ${whose}`, { details: 'external_id' });
}
