import type { Channel } from '../contract.ts';
import { metaChannel } from '../shared/meta-channel.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { recipient } from './verify.ts';

/** Instagram Direct, for professional accounts. */
export const channel: Channel<Credentials> = {
  ...metaChannel<Credentials>({ manifest, normalise, recipient }, () => import('./later.ts')),
  refresh: async (account) => (await import('./refresh.ts')).refresh(account),
};
