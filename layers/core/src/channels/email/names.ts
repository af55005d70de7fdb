import { addressOf, partsOf } from './address.ts';
import { accountIn } from './ids.ts';

/** Under which names the account may be found that mail to this address is for: the address, without its tag, or the account in it. */
export function namesOf(text: string): string[] {
  const address = addressOf(text);
  if (address === undefined) return [];
  const { base, tag, domain } = partsOf(address);
  const account = accountIn(address);
  const [first = ''] = tag.split('.');
  const bare = tag === '' ? [] : [`address:${base}+${first}@${domain}`, `address:${base}@${domain}`];
  return [...new Set([...(account ? [`account:${account}`] : []), `address:${address}`, ...bare])];
}
