import type { Broadcast, BroadcastStatus } from '../domain/broadcast.ts';
import type { BroadcastId, OrganizationId } from '../domain/id.ts';
import { fromBroadcastItem, toBroadcastItem } from './broadcast-item.ts';
import type { BroadcastDue } from './broadcast-item.ts';
import { broadcastKey, broadcastsPartition } from './keys/broadcasts.ts';
import { remembered } from './remembered.ts';
import { getItem, putItem, queryAll } from './table.ts';

export async function storeBroadcast(broadcast: Broadcast, due: BroadcastDue | undefined): Promise<void> {
  await putItem(broadcastKey(broadcast.organizationId, broadcast.id), { ...toBroadcastItem(broadcast), due });
}

/** A broadcast as it is now. */
export async function findBroadcast(organization: OrganizationId, id: BroadcastId): Promise<Broadcast | undefined> {
  const item = await getItem(broadcastKey(organization, id), { consistent: true });
  return item && fromBroadcastItem(item);
}

/** What senders go by, remembered for a few seconds: a pause or a cancel takes that long to reach all of them. */
export const broadcastStatus = remembered(
  async (organization: OrganizationId, id: BroadcastId): Promise<BroadcastStatus | undefined> =>
    (await findBroadcast(organization, id))?.status,
  3_000,
);

/** Newest first. */
export async function* listBroadcasts(organization: OrganizationId): AsyncGenerator<Broadcast> {
  for await (const item of queryAll({ partition: broadcastsPartition(organization), newestFirst: true }))
    yield fromBroadcastItem(item);
}
