import type { Channel } from '../../channels/contract.ts';
import type { AccountHealth } from '../../domain/account-health.ts';
import type { ChannelAccount, ConnectedAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { deleteAccount, heldElsewhere, reconnectAccount, updateAccount } from '../../store/account-writes.ts';
import { findAccount, findConnected } from '../../store/channel-accounts.ts';
import { refuseProbe, refuseTaken, withProbe } from './create.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { AccountChange } from './request.ts';
import { noteFault } from './health.ts';
import { readCredentials } from './credential-fields.ts';
import { resume } from './hold.ts';
import { subscribe } from './subscribe.ts';

/** Changes one account. Undefined when it is gone meanwhile. */
export async function changeAccount(
  load: LoadChannel,
  account: ChannelAccount,
  change: AccountChange,
): Promise<Result<ChannelAccount | undefined>> {
  const { credentials, baseUrl, probe: _, ...rest } = change;
  if (credentials === undefined && baseUrl === undefined) return ok(await updateAccount(account, plain(account, rest)));
  const changed = await reconnect(await load(account.channel), account, change);
  if (!changed.ok) return changed;
  return ok(
    Object.keys(rest).length === 0
      ? await findAccount(account.organizationId, account.id)
      : await updateAccount(account, rest),
  );
}

/** Disconnects an account. The provider is told, but need not agree: its credentials may be dead. Messages that wait for the account fail. */
export async function removeAccount(load: LoadChannel, account: ChannelAccount): Promise<void> {
  const channel = await load(account.channel);
  const connected = await findConnected(account.organizationId, account.id);
  if (!connected) return;
  await channel.unsubscribe?.(connected);
  await deleteAccount(account, channel.names(connected));
  await resume(account);
}

/** Who switches an account on says that it is good again: the next send or probe will tell. */
function plain(
  { health }: ChannelAccount,
  change: Pick<AccountChange, 'name' | 'status' | 'settings'>,
): Pick<AccountChange, 'name' | 'status' | 'settings'> & { health?: AccountHealth } {
  return change.status === 'Active' && health?.state === 'needs_reauth'
    ? { ...change, health: { state: 'unknown', since: Date.now() } }
    : change;
}

async function reconnect(channel: Channel, account: ChannelAccount, change: AccountChange): Promise<Result<undefined>> {
  const before = await findConnected(account.organizationId, account.id);
  if (!before) return ok(undefined);
  const credentials =
    change.credentials === undefined
      ? ok(before.credentials)
      : readCredentials(await channel.credentials(), change.credentials);
  if (!credentials.ok) return credentials;
  const { expiresAt: _, health: __, ...kept } = before;
  const draft = { ...kept, credentials: credentials.value, baseUrl: change.baseUrl ?? before.baseUrl };
  const next = await probed(channel, draft, change.probe);
  return next.ok ? write(channel, before, next.value) : next;
}

/** New credentials must be of the same account: its conversations are with that one's customers. */
async function probed(channel: Channel, draft: ConnectedAccount, wanted: boolean): Promise<Result<ConnectedAccount>> {
  if (!wanted || !channel.probe) return ok(draft);
  const probe = await channel.probe(draft);
  if (!probe.ok) return refuseProbe(channel, probe.error);
  if (probe.externalId !== undefined && probe.externalId !== draft.externalId)
    return refuse(
      409,
      'other_account',
      `'credentials': these are of the account '${probe.externalId}', not of '${draft.externalId}'`,
      {
        details: 'credentials',
      },
    );
  return ok(withProbe(draft, probe));
}

/** The new credentials are written by then, so a provider that would not send its webhooks is the account's trouble and not the caller's. */
async function write(channel: Channel, before: ConnectedAccount, next: ConnectedAccount): Promise<Result<undefined>> {
  const free = await heldElsewhere(next, (await channel.within?.(next)) ?? []);
  if (!free.ok) return refuseTaken(next, free);
  const saved = await reconnectAccount(before, {
    credentials: next.credentials,
    externalId: next.externalId,
    baseUrl: next.baseUrl,
    health: next.health ?? { state: 'unknown', since: Date.now() },
    names: channel.names(next),
    formerNames: channel.names(before),
    ...compact({ expiresAt: next.expiresAt }),
  });
  if (saved === 'gone') return ok(undefined);
  if (saved === 'changed')
    return refuse(409, 'changed_meanwhile', `'${next.id}' was given other credentials at the same time. Try again.`);
  if (!saved.ok) return refuseTaken(next, saved);
  const subscribed = await subscribe(channel, next);
  if (!subscribed.ok) await noteFault(next, subscribed.problem);
  return ok(undefined);
}
