import type { ChannelName } from '../domain/channel.ts';
import { appKey, appPartition } from './keys/accounts.ts';
import { deleteItem, queryAll } from './table.ts';

/** The applications of a channel, without their secrets. */
export async function listApps(channel: ChannelName): Promise<{ channel: ChannelName; id: string }[]> {
  const apps = [];
  for await (const { sk } of queryAll({ partition: appPartition(channel) })) apps.push({ channel, id: String(sk) });
  return apps;
}

/** False: there is none. */
export function deleteApp(channel: ChannelName, id: string): Promise<boolean> {
  return deleteItem(appKey(channel, id), { when: 'attribute_exists(#pk)' });
}
