import type { BroadcastId, OrganizationId } from '../../domain/id.ts';
import type { Key } from './key.ts';

export const BROADCAST_PREFIX = 'brd_';

export function broadcastsPartition(organization: OrganizationId): string {
  return `${organization}#broadcasts`;
}

export function broadcastKey(organization: OrganizationId, id: BroadcastId): Key {
  return { pk: broadcastsPartition(organization), sk: id };
}

/** What goes on in a broadcast: apart from it, because it is written much more often. */
export function broadcastPartition(organization: OrganizationId, id: BroadcastId): string {
  return `${organization}#broadcast#${id}`;
}

export const BROADCAST_NEWS_PREFIX = 'now#';

export const COUNTERS_PREFIX = `${BROADCAST_NEWS_PREFIX}counters#`;

export function broadcastCountersKey(organization: OrganizationId, id: BroadcastId, shard: number): Key {
  return { pk: broadcastPartition(organization, id), sk: `${COUNTERS_PREFIX}${shard}` };
}

/** That messages of a broadcast are to be sent again. */
export const BROADCAST_RETRY = `${BROADCAST_NEWS_PREFIX}retry`;

export function broadcastRetryKey(organization: OrganizationId, id: BroadcastId): Key {
  return { pk: broadcastPartition(organization, id), sk: BROADCAST_RETRY };
}

/** When clients were last told how a broadcast does. */
export const BROADCAST_BEAT = `${BROADCAST_NEWS_PREFIX}beat`;

export function broadcastBeatKey(organization: OrganizationId, id: BroadcastId): Key {
  return { pk: broadcastPartition(organization, id), sk: BROADCAST_BEAT };
}

export const BROADCAST_EXPORT = `${BROADCAST_NEWS_PREFIX}export`;

export function broadcastExportKey(organization: OrganizationId, id: BroadcastId): Key {
  return { pk: broadcastPartition(organization, id), sk: BROADCAST_EXPORT };
}

export const COUNTED_PREFIX = 'counted#';

/** Which records of the stream have been counted, by the first of their batch. Positions have up to 40 digits. */
export function countedKey(organization: OrganizationId, id: BroadcastId, position: string): Key {
  return { pk: broadcastPartition(organization, id), sk: COUNTED_PREFIX + position.padStart(40, '0') };
}
