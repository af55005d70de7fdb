import type { Channel } from '../contract.ts';
import { metaChannel } from '../shared/meta-channel.ts';
import { recipient } from './address.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import * as signed from './verify.ts';

/** Instagram Direct, for professional accounts. */
export const channel: Channel<Credentials> = {
  ...metaChannel<Credentials>({ manifest, ...signed, normalise, recipient }, () => import('./later.ts')),
  refresh: async (account) => (await import('./refresh.ts')).refresh(account),
};
