import { v7 } from 'uuid';
import type { ChannelName } from '../domain/channel.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { quarantineKey } from './keys/accounts.ts';
import { putItem } from './table.ts';

/** What a provider sent and we could not use, kept for 30 days so that it can be understood and applied later. */
export interface Quarantined {
  channel: ChannelName;
  reason: string;
  /** the element, or the whole body when it could not be read */
  raw: string;
  organizationId?: OrganizationId;
  accountId?: ChannelAccountId;
}

const TTL_S = 30 * 24 * 3600;
/** An item may have 400 KB; a provider's element is a few. */
const MOST_CHARACTERS = 90_000;

export async function quarantine({ channel, reason, raw, organizationId, accountId }: Quarantined): Promise<void> {
  const now = Date.now();
  await putItem(quarantineKey(channel, new Date(now).toISOString().slice(0, 10), v7()), {
    reason,
    raw: raw.slice(0, MOST_CHARACTERS),
    truncated: raw.length > MOST_CHARACTERS || undefined,
    organization: organizationId,
    account: accountId,
    ttl: Math.floor(now / 1000) + TTL_S,
  });
}
