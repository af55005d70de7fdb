import type { Channel, ReadMail } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { identityKey } from '../../domain/contact.ts';
import { contactIdOf } from '../../domain/id.ts';
import { whyUnreachable } from '../../store/recipients.ts';
import { apply } from '../receive/receive.ts';

type MessageMail = Extract<ReadMail, { kind: 'message' }>;

/**
 * A person who writes from an address is there, whatever a server said of it: some say for an hour that nobody is. What the person asked
 * for stays.
 */
export async function comeBack(channel: Channel, account: ChannelAccount, { event }: MessageMail): Promise<void> {
  const [writer] = event.counterparty.identities;
  const { organizationId, id: accountId, channel: name } = account;
  const contactId = contactIdOf(organizationId, identityKey(writer));
  const why = await whyUnreachable({ organizationId, accountId, channel: name, contactId, identities: [writer] });
  if (why !== 'gone') return;
  await apply(channel, { kind: 'reachability', counterparty: { identities: [writer] }, reachable: true, why }, account);
}
