import { eventually, rows } from './cloud.ts';
import type { Account, Organization, Reachable, Row } from './cloud.ts';

/** The conversation with whoever has this address, once it is there; that of one account, where it is named. */
export function conversationWith(
  cloud: Reachable,
  organization: Organization,
  { address }: { address: string },
  account?: Pick<Account, 'id'>,
): Promise<Row> {
  return eventually(`a conversation with ${address}`, async () => {
    const contact = await contactAt(cloud, organization, address);
    const path = account === undefined ? '' : `&channel_account_id=eq.${account.id}`;
    return contact && (await rows(cloud, organization, `conversations?contact_id=eq.${contact.id}${path}`))[0];
  });
}

/** Whoever has this address. Who was merged into somebody else is not asked for. */
async function contactAt(cloud: Reachable, organization: Organization, address: string): Promise<Row | undefined> {
  const contacts = await rows(cloud, organization, 'contacts?limit=1000');
  return contacts.find(({ identities }) => (identities as { value: string }[]).some(({ value }) => value === address));
}
