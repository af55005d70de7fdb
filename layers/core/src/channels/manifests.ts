import type { ChannelName } from '../domain/channel.ts';
import type { Manifest } from './contract.ts';
import { manifest as instagram } from './instagram/manifest.ts';
import { manifest as messenger } from './messenger/manifest.ts';
import { manifest as sms } from './sms/manifest.ts';
import { manifest as telegram } from './telegram/manifest.ts';
import { manifest as tiktok } from './tiktok/manifest.ts';
import { manifest as whatsappCloud } from './whatsapp_cloud/manifest.ts';
import { manifest as whatsappLite } from './whatsapp_lite/manifest.ts';
import { manifest as webPush } from './web_push/manifest.ts';

/** Every channel there is, as data. Beside the registry, so that a function that serves one channel does not load them all. */
export const manifests: Manifest[] = [
  whatsappLite,
  whatsappCloud,
  messenger,
  instagram,
  telegram,
  tiktok,
  sms,
  webPush,
];

/** `whatsapp-lite`, `whatsapp_lite` and, by its alias, the older system's `whatsapp` are one channel. */
export function channelNamed(text: string): ChannelName | undefined {
  const name = text.toLowerCase().replaceAll('-', '_');
  return manifests.find((manifest) => manifest.name === name || manifest.aliases?.includes(name))?.name;
}

/** Whether agents see conversations of this channel. */
export function isInInbox(name: ChannelName): boolean {
  return manifests.some((manifest) => manifest.name === name && manifest.inbox);
}
