import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Credentials } from './credentials.ts';
import { accountIn } from './ids.ts';
import { addressesOf } from './verify.ts';

/** An alias is of the account in it, so whoever has one of the account's own has that account too. */
export function within(account: ConnectedAccount<Credentials>): string[] {
  return addressesOf(account).flatMap((address) => {
    const alias = accountIn(address);
    return alias === undefined ? [] : [`account:${alias}`];
  });
}
