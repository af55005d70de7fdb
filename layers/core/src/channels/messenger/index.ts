import type { Channel } from '../contract.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { handshake, hints, recipient, verify } from './verify.ts';

/** Messenger, for Facebook pages. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names: (account) => [`address:${account.externalId}`],
  verify,
  handshake,
  normalise,
  recipient,
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body) => (await import('./limits.ts')).check(body),
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  locateMedia: async (media) => (await import('./media.ts')).locateMedia(media),
};
