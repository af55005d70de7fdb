import type { Channel } from '../contract.ts';
import { recipient } from './address.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { hints, names, verify } from './verify.ts';

/** Notifications of a site, through the push service of each customer's browser. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names,
  verify,
  normalise,
  recipient,
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body, options) => (await import('./limits.ts')).check(body, options),
  options: async () => (await import('./options.ts')).options,
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  probe: async (account) => (await import('./probe.ts')).probe(account),
  locateMedia: async () => (await import('./media.ts')).locateMedia(),
};
