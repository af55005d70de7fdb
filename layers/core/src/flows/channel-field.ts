import * as v from 'valibot';
import { channelNamed, manifests } from '../channels/manifests.ts';
import type { ChannelName } from '../domain/channel.ts';
import { text } from '../domain/fields.ts';

/** A channel by any of its names, read as the name it is stored by. */
export const channelField = v.pipe(
  text(1, 100),
  v.transform((name) => channelNamed(name)),
  v.custom<ChannelName>((name) => name !== undefined, `must be one of ${manifests.map(({ name }) => name).join(', ')}`),
);
