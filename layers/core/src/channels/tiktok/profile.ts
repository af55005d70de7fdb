import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Counterparty } from '../../domain/contact.ts';
import { conversationIn } from './address.ts';
import type { Credentials } from './credentials.ts';
import { namesIn } from './look-up.ts';

/** Of someone whom a webhook did not name. */
export async function profile(
  who: Counterparty,
  account: ConnectedAccount<Credentials>,
): Promise<{ name?: string } | undefined> {
  const place = conversationIn(who);
  const user = who.identities.find(({ kind }) => kind === 'tiktok_user')?.value;
  const name = place === undefined || user === undefined ? undefined : (await namesIn(place, account)).get(user);
  return name === undefined ? undefined : { name };
}
