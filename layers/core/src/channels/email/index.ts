import type { Channel } from '../contract.ts';
import { recipient } from './address.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { parse } from './parse.ts';
import { page } from './unsubscribe.ts';
import { hints, names, verify } from './verify.ts';

/** Mail: sent over SMTP; received from Amazon SES, or from any server that posts it. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names,
  within: async (account) => (await import('./within.ts')).within(account),
  verify,
  parse,
  normalise,
  page,
  recipient,
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body) => (await import('./limits.ts')).check(body),
  options: async () => (await import('./options.ts')).options,
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  refresh: async (account) => (await import('./refresh.ts')).refresh(account),
  probe: async (account) => (await import('./probe.ts')).probe(account),
  locateMedia: async () => (await import('./media.ts')).locateMedia(),
  mail: async () => (await import('./mail/reader.ts')).reader,
};
