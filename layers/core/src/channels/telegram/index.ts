import type { Channel } from '../contract.ts';
import { recipient } from './address.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { hints, names, verify } from './verify.ts';

/** Telegram, through the Bot API. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names,
  verify,
  normalise,
  recipient,
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body) => (await import('./limits.ts')).check(body),
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  locateMedia: async (media, account) => (await import('./media.ts')).locateMedia(media, account),
};
