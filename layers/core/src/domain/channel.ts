/** The nine channels, as they are named in data. In URLs `_` is written `-`. */
export const channelNames = [
  'whatsapp_lite',
  'whatsapp_cloud',
  'messenger',
  'instagram',
  'telegram',
  'tiktok',
  'email',
  'sms',
  'web_push',
] as const;

export type ChannelName = (typeof channelNames)[number];

/** `whatsapp-lite`, `whatsapp_lite` and the older system's `whatsapp` are one channel. */
export function channelNamed(text: string): ChannelName | undefined {
  const name = text.toLowerCase().replaceAll('-', '_');
  return channelNames.find((channel) => channel === (name === 'whatsapp' ? 'whatsapp_lite' : name));
}

export function urlNameOf(channel: ChannelName): string {
  return channel.replaceAll('_', '-');
}
