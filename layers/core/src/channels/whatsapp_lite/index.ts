import { phoneIdentity } from '../../domain/phone-number.ts';
import type { Channel } from '../contract.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { hints, names, verify } from './verify.ts';

/** WhatsApp through a linked device: Appgain Notify, or a gateway of the business's own. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names,
  verify,
  normalise,
  recipient: phoneIdentity,
  // a person who was known by a privacy id alone may write under their number later, without the id beside it
  mayHaveMoved: ({ kind }) => kind === 'phone',
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body) => (await import('./limits.ts')).check(body),
  wording: async (body) => (await import('./wording.ts')).wording(body),
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  locateMedia: async (media, account) => (await import('./media.ts')).locateMedia(media, account),
  act: async (action, account) => (await import('./act.ts')).act(action, account),
  probe: async (account) => (await import('./probe.ts')).probe(account),
  subscribe: async (account, webhookUrl) => (await import('./subscribe.ts')).subscribe(account, webhookUrl),
  unsubscribe: async (account) => (await import('./subscribe.ts')).unsubscribe(account),
  profile: async (who, account) => (await import('./profile.ts')).profile(who, account),
  pairing: async () => (await import('./pairing.ts')).pairing,
};
