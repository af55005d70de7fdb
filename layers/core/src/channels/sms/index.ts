import { phoneIdentity } from '../../domain/phone-number.ts';
import type { Channel } from '../contract.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { parse } from './parse.ts';
import { hints, names, verify } from './verify.ts';

/** SMS, through Appgain Notify or VictoryLink. Outbound only: what comes in are delivery reports. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await import('./credentials.ts')).credentials,
  hints,
  names,
  verify,
  parse,
  normalise,
  recipient: phoneIdentity,
  capabilities: async () => (await import('./capabilities.ts')).capabilities,
  check: async (body, options) => (await import('./limits.ts')).check(body, options),
  options: async () => (await import('./options.ts')).options,
  wording: async (body, options) => (await import('./wording.ts')).wording(body, options),
  prepareToSend: () => import('./send.ts'),
  send: async (outgoing, account) => (await import('./send.ts')).send(outgoing, account),
  probe: async (account) => (await import('./probe.ts')).probe(account),
  locateMedia: async () => (await import('./media.ts')).locateMedia(),
};
