import type { Channel } from '../contract.ts';
import { recipient } from './address.ts';
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
  recipient,
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body, options) => (await import('./limits.ts')).check(body, options),
  options: async () => (await import('./options.ts')).options,
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  locateMedia: async (media, account) => (await import('./media.ts')).locateMedia(media, account),
  lookUp: async (event, account) => (await import('./look-up.ts')).lookUp(event, account),
  act: async (action, account) => (await import('./act.ts')).act(action, account),
  probe: async (account) => (await import('./probe.ts')).probe(account),
  profile: async (who, account) => (await import('./profile.ts')).profile(who, account),
  subscribe: async (account, url) => (await import('./subscribe.ts')).subscribe(account, url),
  unsubscribe: async (account) => (await import('./subscribe.ts')).unsubscribe(account),
  oauth: async () => (await import('./oauth.ts')).oauth,
  refresh: async (account) => (await import('./refresh.ts')).refresh(account),
};
