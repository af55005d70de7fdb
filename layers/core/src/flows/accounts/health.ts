import { healthAfter } from '../../domain/account-health.ts';
import type { AccountHealth, Finding } from '../../domain/account-health.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { Problem } from '../../domain/problem.ts';
import { allBackAt, perSecondShown } from '../../domain/learnt-rate.ts';
import type { Slowdown } from '../../domain/learnt-rate.ts';
import { saveHealth } from '../../store/account-health.ts';
import { alertNeedsReauth } from '../../store/alert.ts';
import { findAccount } from '../../store/channel-accounts.ts';

/**
 * Writes down what was learnt of an account, if that is news. Of many who learn the same at once one writes and tells the operators.
 * What was learnt of credentials that have been replaced since is dropped. Answers how the account does now.
 */
export async function learn(account: ChannelAccount, finding: Finding, now: number): Promise<AccountHealth> {
  return attempt(account, finding, now, MOST_TRIES);
}

/** Something went wrong that is the account's trouble. Answers how it does now; undefined when there is no such account. */
export async function noteFault(
  { organizationId, id }: Pick<ChannelAccount, 'organizationId' | 'id'>,
  { message, code }: Pick<Problem, 'message' | 'code'>,
): Promise<AccountHealth | undefined> {
  const account = await findAccount(organizationId, id);
  return account && learn(account, { about: 'fault', detail: message, code }, Date.now());
}

/** The account sends more slowly than it may, because its provider takes no more: for whoever looks at it. */
export async function noteSlowdown(
  { organizationId, id }: Pick<ChannelAccount, 'organizationId' | 'id'>,
  slowdown: Slowdown,
): Promise<void> {
  const account = await findAccount(organizationId, id);
  const slowed = { perSecond: perSecondShown(slowdown) ?? slowdown.to, until: allBackAt(slowdown) };
  if (account) await learn(account, { about: 'rate', slowed }, slowdown.at);
}

/** Others write too: the account is read again when it was not as thought. */
const MOST_TRIES = 3;

async function attempt(account: ChannelAccount, finding: Finding, now: number, tries: number): Promise<AccountHealth> {
  const next = dated(healthAfter(account.health, finding, now), finding, now);
  if (account.health && isSame(account.health, next)) return account.health;
  if (await saveHealth(account, next)) {
    if (next.state === 'needs_reauth' && account.health?.state !== 'needs_reauth')
      alertNeedsReauth(account, finding.about);
    return next;
  }
  const current = await findAccount(account.organizationId, account.id);
  if (!current || tries <= 1 || current.version !== account.version) return current?.health ?? next;
  return attempt(current, finding, now, tries - 1);
}

/** When it was last looked at is kept to the hour, so that a look which finds nothing new mostly writes nothing. */
function dated(health: AccountHealth, finding: Finding, now: number): AccountHealth {
  const hour = now - (now % 3_600_000);
  return finding.about === 'probe' || (finding.about === 'fault' && health.checkedAt !== undefined)
    ? { ...health, checkedAt: hour }
    : health;
}

function isSame(a: AccountHealth, b: AccountHealth): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(health: AccountHealth): unknown {
  const { facts = {}, ...rest } = health;
  return [byName(rest), byName(facts)];
}

function byName(object: object): unknown[] {
  return Object.entries(object).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
