import type { ChannelName } from '../domain/channel.ts';
import type { Channel } from './contract.ts';

/** Every channel's code, one line each: only the function that serves a channel loads it. */
export const channels: { readonly [name in ChannelName]?: () => Promise<{ channel: Channel }> } = {
  whatsapp_lite: () => import('./whatsapp_lite/index.ts'),
  whatsapp_cloud: () => import('./whatsapp_cloud/index.ts'),
  messenger: () => import('./messenger/index.ts'),
  instagram: () => import('./instagram/index.ts'),
  telegram: () => import('./telegram/index.ts'),
  tiktok: () => import('./tiktok/index.ts'),
  sms: () => import('./sms/index.ts'),
  web_push: () => import('./web_push/index.ts'),
};

/** Throws when the name is not a channel of this deployment: a wiring mistake, never bad input. */
export async function loadChannel(name: string): Promise<Channel> {
  const load = channels[name as ChannelName];
  if (!load) throw new Error(`No channel is called '${name}'`);
  return (await load()).channel;
}
