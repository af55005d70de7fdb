import type { AccountHealth, HealthState } from '../domain/account-health.ts';
import type { ChannelAccount } from '../domain/channel-account.ts';
import { compact } from '../domain/compact.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { forgetAccount } from './channel-accounts.ts';
import { healthKey, healthPartition } from './keys/account-health.ts';
import { accountKey } from './keys/accounts.ts';
import { putItem, queryAll, updateItem } from './table.ts';

const HISTORY_TTL_S = 90 * 24 * 3600;

/**
 * Writes how an account does, if it still does as the caller thinks and has the credentials that this was learnt of: of many who
 * learn the same at once, one writes it. A state that is new goes into the history. False: it was not so any more.
 */
export async function saveHealth(
  account: Pick<ChannelAccount, 'organizationId' | 'id' | 'health' | 'version'>,
  next: AccountHealth,
): Promise<boolean> {
  const { organizationId, id, health: before, version } = account;
  const same = before ? '#health.#state = :state AND #health.#since = :since' : 'attribute_not_exists(#health)';
  const written = await updateItem(accountKey(organizationId, id), {
    set: { health: next, ...(before?.state === next.state ? {} : { upd: Date.now() }) },
    when: `attribute_exists(#pk) AND ${same}${version === undefined ? '' : ' AND #version = :version'}`,
    values: {
      ...(before ? { state: before.state, since: before.since } : {}),
      ...compact({ version }),
    },
  });
  if (!written.ok) return false;
  forgetAccount(organizationId, id);
  if (before?.state !== next.state) await rememberHealth(organizationId, id, next);
  return true;
}

/** Writes when the credentials run out, where the provider says something new of it. */
export async function saveExpiry(
  { organizationId, id, expiresAt, version }: ChannelAccount,
  at: number,
): Promise<void> {
  if (expiresAt === at || version === undefined) return;
  await updateItem(accountKey(organizationId, id), {
    set: { expires: at },
    when: '#version = :version',
    values: { version },
  });
  forgetAccount(organizationId, id);
}

/** One state that an account was in. */
export interface HealthEntry {
  state: HealthState;
  detail?: string;
  /** when it began (ms) */
  at: number;
}

/** The states an account has been in, newest first, for as long as they are kept. */
export async function* listHealth(organization: OrganizationId, id: ChannelAccountId): AsyncGenerator<HealthEntry> {
  for await (const item of queryAll({ partition: healthPartition(organization, id), newestFirst: true })) {
    const { state, detail, at } = item as unknown as HealthEntry;
    yield { state, at, ...compact({ detail }) };
  }
}

/** Notes when an account came into a state. */
export async function rememberHealth(
  organization: OrganizationId,
  id: ChannelAccountId,
  { state, detail, since }: AccountHealth,
): Promise<void> {
  await putItem(healthKey(organization, id, since), {
    state,
    detail,
    at: since,
    ttl: Math.floor(since / 1000) + HISTORY_TTL_S,
  });
}
