import type { Channel } from '../contract.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { hints, names, verify } from './verify.ts';

/** TikTok Business Messaging. The customer writes first; what is sent goes to the conversation that this opened. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names,
  verify,
  normalise,
  recipient: (text) => (/^[\w+/=.-]{5,128}$/.test(text) ? { kind: 'tiktok_user', value: text } : undefined),
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body) => (await import('./limits.ts')).check(body),
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  locateMedia: async (media, account) => (await import('./media.ts')).locateMedia(media, account),
  refresh: async (account) => (await import('./refresh.ts')).refresh(account),
};
