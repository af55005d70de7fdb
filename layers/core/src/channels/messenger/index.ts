import type { Channel } from '../contract.ts';
import { metaChannel } from '../shared/meta-channel.ts';
import { recipient } from './address.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import * as signed from './verify.ts';

/** Messenger, for Facebook pages. */
export const channel: Channel<Credentials> = {
  ...metaChannel<Credentials>({ manifest, ...signed, normalise, recipient }, () => import('./later.ts')),
  templates: async () => (await import('./templates.ts')).templates,
};
