/** A channel as it is named in data, by its folder: `whatsapp_cloud`. `channels/manifests.ts` lists those there are. In URLs `_` is written `-`. */
export type ChannelName = string;

/** `whatsapp-cloud` of `whatsapp_cloud`. */
export function urlNameOf(channel: ChannelName): string {
  return channel.replaceAll('_', '-');
}
