import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { phoneNumber } from '../../domain/contact.ts';
import { phoneIdentity } from '../../domain/phone-number.ts';
import type { Channel } from '../contract.ts';
import { handshake, hints } from '../shared/meta.ts';
import type { Credentials } from './credentials.ts';
import { manifest } from './manifest.ts';
import { normalise } from './normalise.ts';
import { verify } from './verify.ts';

const later = () => import('./later.ts');

/** WhatsApp Business Platform, Cloud API. */
export const channel: Channel<Credentials> = {
  manifest,
  credentials: async () => (await later()).credentials,
  hints,
  names,
  verify,
  handshake,
  normalise,
  history: async (part) => (await import('./history.ts')).readHistory(part),
  recipient: phoneIdentity,
  capabilities: async () => (await later()).capabilities,
  check: async (body) => (await later()).check(body),
  options: async () => (await later()).options,
  wording: async (body) => (await later()).wording(body),
  prepareToSend: later,
  send: async (outgoing, account) => (await later()).send(outgoing, account),
  locateMedia: async (media, account) => (await later()).locateMedia(media, account),
  act: async (action, account) => (await later()).act(action, account),
  probe: async (account) => (await later()).probe(account),
  subscribe: async (account, url) => (await later()).subscribe(account, url),
  unsubscribe: async (account) => (await later()).unsubscribe(account),
  profile: async (who, account) => (await later()).profile(who, account),
  oauth: async () => (await later()).oauth,
  templates: async () => (await later()).templates,
};

/**
 * Messages name the number by its id, news of its quality by the number itself, and news of templates and of the business
 * account only that: of several numbers of one business account, the one that was connected first stands for it.
 */
function names({ externalId, credentials }: ConnectedAccount<Credentials>): string[] {
  const { waba_id: business, phone_number: number } = credentials;
  const digits = phoneNumber(number ?? '')?.slice(1);
  const own = [externalId, digits].filter((name) => name !== undefined).map((name) => `address:${name}`);
  return business === undefined ? own : [...own, `group:${business}`];
}
