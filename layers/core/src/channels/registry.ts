import type { ChannelName } from '../domain/channel.ts';
import type { Channel, Manifest } from './contract.ts';
import { manifest as telegram } from './telegram/manifest.ts';
import { manifest as whatsappCloud } from './whatsapp_cloud/manifest.ts';
import { manifest as whatsappLite } from './whatsapp_lite/manifest.ts';

interface Registration {
  manifest: Manifest;
  /** loads the channel's code: only the function that serves a channel pays for it */
  load: () => Promise<{ channel: Channel }>;
}

/** Every channel there is, one line each. The infrastructure reads the manifests only. */
export const channels: { readonly [name in ChannelName]?: Registration } = {
  whatsapp_lite: { manifest: whatsappLite, load: () => import('./whatsapp_lite/index.ts') },
  whatsapp_cloud: { manifest: whatsappCloud, load: () => import('./whatsapp_cloud/index.ts') },
  telegram: { manifest: telegram, load: () => import('./telegram/index.ts') },
};

export const manifests: Manifest[] = Object.values(channels).map((registration) => registration.manifest);

/** Whether agents see conversations of this channel. */
export function isInInbox(name: ChannelName): boolean {
  return channels[name]?.manifest.inbox ?? false;
}

/** Throws when the name is not a channel of this deployment: a wiring mistake, never bad input. */
export async function loadChannel(name: string): Promise<Channel> {
  const registration = channels[name as ChannelName];
  if (!registration) throw new Error(`No channel is called '${name}'`);
  return (await registration.load()).channel;
}
