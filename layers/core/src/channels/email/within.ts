import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { partsOf } from './address.ts';
import type { Credentials } from './credentials.ts';
import { accountIn } from './ids.ts';
import { addressesOf } from './verify.ts';

/**
 * Names under which mail to one of the account's addresses comes too: an alias is of the account in it, mail to an address with a tag is
 * mail to the address without, and the other way round.
 */
export function within(account: ConnectedAccount<Credentials>): string[] {
  return addressesOf(account).flatMap((address) => {
    const alias = accountIn(address);
    if (alias !== undefined) return [`account:${alias}`];
    const { base, domain, tag } = partsOf(address);
    return [...(tag === '' ? [] : [`address:${base}@${domain}`]), `tagged:${base}@${domain}`];
  });
}
