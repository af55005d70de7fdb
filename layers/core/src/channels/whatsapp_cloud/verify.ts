import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { phoneNumber } from '../../domain/phone-number.ts';
import type { Credentials } from './credentials.ts';

export { handshake, hints, verify } from '../shared/meta.ts';

/**
 * Messages name the number by its id, news of its quality by the number itself, and news of templates and of the business
 * account only that: of several numbers of one business account, the one that was connected first stands for it.
 */
export function names({ externalId, credentials }: ConnectedAccount<Credentials>): string[] {
  const { waba_id: business, phone_number: number } = credentials;
  const digits = phoneNumber(number ?? '')?.slice(1);
  const own = [externalId, digits].filter((name) => name !== undefined).map((name) => `address:${name}`);
  return business === undefined ? own : [...own, `group:${business}`];
}
