import { errorRateOf } from './account-health.ts';
import type { AccountHealth, Activity, HealthState } from './account-health.ts';
import type { ChannelAccount } from './channel-account.ts';
import { urlNameOf } from './channel.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';

/** `activity` is left out where it is not known: then nothing is said of when it was last used. */
export function channelAccountRow(account: ChannelAccount, activity?: Activity): Row {
  return {
    id: account.id,
    organization_id: account.organizationId,
    channel: account.channel,
    name: account.name,
    external_id: account.externalId,
    status: account.status,
    webhook_path: `/functions/v1/${urlNameOf(account.channel)}-webhook/${account.id}`,
    settings: account.settings ?? null,
    health: healthColumn(account, activity),
    created_at: iso(account.createdAt),
    updated_at: iso(account.updatedAt),
  };
}

/** One state that an account was in. */
export function accountHealthRow(
  { organizationId, id }: Pick<ChannelAccount, 'organizationId' | 'id'>,
  { state, detail, at }: { state: HealthState; detail?: string; at: number },
): Row {
  return {
    organization_id: organizationId,
    channel_account_id: id,
    state,
    detail: detail ?? null,
    created_at: iso(at),
  };
}

/** How an account does, as its row says. */
export function healthColumn(
  { health, expiresAt }: Pick<ChannelAccount, 'health' | 'expiresAt'>,
  activity?: Activity,
): Row {
  return {
    state: health?.state ?? 'unknown',
    detail: health?.detail ?? null,
    code: health?.code ?? null,
    session: health?.session ?? null,
    facts: health?.facts ?? null,
    slowed: slowedColumn(health),
    since: iso(health?.since),
    checked_at: iso(health?.checkedAt),
    token_expires_at: iso(expiresAt),
    last_inbound_at: iso(activity?.lastInboundAt),
    last_outbound_at: iso(activity?.lastOutboundAt),
    error_rate: (activity && errorRateOf(activity)) ?? null,
  };
}

function slowedColumn({ slowed }: Pick<AccountHealth, 'slowed'> = {}): Row | null {
  return slowed ? { per_second: slowed.perSecond, until: iso(slowed.until) } : null;
}
