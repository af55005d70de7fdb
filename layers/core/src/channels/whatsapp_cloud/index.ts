import { phoneNumber } from '../../domain/contact.ts';
import type { Channel } from '../contract.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { handshake, hints, verify } from './verify.ts';

/** WhatsApp Business Platform, Cloud API. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names: (account) => [`address:${account.externalId}`],
  verify,
  handshake,
  normalise,
  recipient(text) {
    const value = phoneNumber(text);
    return value === undefined ? undefined : { kind: 'phone', value };
  },
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body) => (await import('./limits.ts')).check(body),
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  locateMedia: async (media, account) => (await import('./media.ts')).locateMedia(media, account),
};
