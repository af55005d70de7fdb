import type { ChannelRow } from '../api/sending-rows.ts';
import { createAsked } from './use-asked.ts';

/** What every channel can do. */
export const useChannels = createAsked((desk) => desk.client.channels());

/** What a channel can do; undefined until it is known. */
export function useChannel(channel: string): ChannelRow | undefined {
  return useChannels('', true).find(({ name }) => name === channel);
}
