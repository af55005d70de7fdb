import type { Channel, Probe } from '../../channels/contract.ts';
import { troubleIn } from '../../domain/account-health.ts';
import type { AccountHealth, Finding } from '../../domain/account-health.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import type { SendError } from '../../domain/status.ts';
import { findActivity } from '../../store/account-activity.ts';
import { saveExpiry } from '../../store/account-health.ts';
import { connectedAccount } from '../../store/channel-accounts.ts';
import { learn } from './health.ts';
import { renewRefused } from './renew.ts';

/** What the provider said of an account, and how the account does by that. */
export interface Examined {
  probe: Probe;
  health: AccountHealth;
}

/** Asks the provider how an account does, once more with new credentials where it refuses those there are, and writes down what is new. Undefined: its channel has nothing to ask. */
export async function examine(channel: Channel, account: ConnectedAccount): Promise<Examined | undefined> {
  if (!channel.probe) return undefined;
  const first = await heard(channel, account, await channel.probe(account));
  if (first.ok || first.error.class !== 'auth') return conclude(channel, account, first);
  const renewal = await renewRefused(channel, account, true);
  if (renewal === 'none') return conclude(channel, account, first);
  const current = await connectedAccount(account.organizationId, account.id);
  // the ones that were refused say nothing more, and whoever fetches new ones is not done
  if (!current || current.version === account.version)
    return { probe: first, health: await learn(account, underway, Date.now()) };
  return conclude(channel, current, await channel.probe(current));
}

/** A provider that has stopped sending us webhooks, which it tells nobody, is asked to go on. What came in between it does not send again. */
async function heard(channel: Channel, account: ConnectedAccount, probe: Probe): Promise<Probe> {
  if (!probe.ok || !probe.unsubscribed) return probe;
  // seldom: loaded when there is something to ask for
  const { subscribe } = await import('./subscribe.ts');
  const subscribed = await subscribe(channel, account);
  return subscribed.ok && channel.probe ? channel.probe(account) : probe;
}

async function conclude(channel: Channel, account: ConnectedAccount, probe: Probe): Promise<Examined> {
  const now = Date.now();
  const finding = probe.ok ? await findingOf(channel, account, probe, now) : faultOf(probe.error);
  if (probe.ok && probe.expiresAt !== undefined) await saveExpiry(account, probe.expiresAt);
  return { probe, health: await learn(account, finding, now) };
}

/** What a probe that succeeded says of an account. */
export function findingOfProbe({ session, facts }: Extract<Probe, { ok: true }>): Extract<Finding, { about: 'probe' }> {
  return {
    about: 'probe',
    ...compact({ session, facts }),
  };
}

/** A session may say that it is connected and be dead all the same: the traffic has a word in it too. */
async function findingOf(
  channel: Channel,
  account: ConnectedAccount,
  probe: Extract<Probe, { ok: true }>,
  now: number,
): Promise<Finding> {
  const activity = await findActivity(account.organizationId, account.id);
  const trouble = probe.unsubscribed ? deaf : troubleIn(activity, channel.manifest.receipts.delivered, now);
  return { ...findingOfProbe(probe), ...compact({ trouble }) };
}

const deaf = { code: 'not_subscribed', detail: 'The provider does not tell us what customers write.' };

const underway: Finding = {
  about: 'fault',
  code: 'credentials_coming',
  detail: 'New credentials are on their way.',
};

/** Refused credentials are held against the account; anything else may pass. */
function faultOf({ class: kind, code, message }: SendError): Finding {
  const note = { code, detail: message };
  return kind === 'auth' ? { about: 'credentials', ok: false, ...note } : { about: 'fault', ...note };
}
