import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import { sendErrorOf } from '../shared/receipt.ts';
import type { Credentials } from './credentials.ts';
import { badKeys } from './errors.ts';
import { isPair, pairsOf } from './keys.ts';

/** There is nobody to ask: a push service knows a key only by the subscriptions that were made for it. What can be known is whether the keys are pairs. */
export async function probe({ credentials }: ConnectedAccount<Credentials>): Promise<Probe> {
  const pairs = pairsOf(credentials);
  if (!pairs.every(isPair)) return { ok: false, error: sendErrorOf(badKeys) };
  const { origins, subject } = credentials;
  return { ok: true, facts: { origins, subject, former_keys: String(pairs.length - 1) } };
}
