import type { InboundEvent } from '../../channels/contract.ts';
import { manifestOf } from '../../channels/manifests.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import { contactIdOf, conversationIdOf } from '../../domain/id.ts';
import type { ContactId } from '../../domain/id.ts';
import { resolveAlias } from '../../store/aliases.ts';
import { findContact } from '../../store/contacts.ts';
import { liftOptOut, saveOptOut } from '../../store/opt-outs.ts';
import { forgetUnreachable, saveUnreachable } from '../../store/unreachable.ts';
import { noteWish } from '../opt-outs/note.ts';

/** Someone can't be written to on this account any more, or can be again. What they are not to get is refused before it is sent. */
export async function receiveReachability(
  { counterparty, reachable, why }: Extract<InboundEvent, { kind: 'reachability' }>,
  account: ChannelAccount,
): Promise<void> {
  const at = Date.now();
  if (why === 'opted_out') return reachable ? comeBack(counterparty, account, at) : leave(counterparty, account, at);
  const change = reachable ? forgetUnreachable : saveUnreachable;
  const { organizationId, id: accountId, channel } = account;
  for (const identity of counterparty.identities) {
    const { contactId } = await personOf(account, identity);
    await change({ organizationId, accountId, channel, identity, contactId, why, at });
  }
}

/** They unsubscribed: nothing more goes to them on this channel, and the agents see it in the conversation. */
async function leave({ identities, name }: Counterparty, account: ChannelAccount, at: number): Promise<void> {
  const { organizationId, id: accountId, channel } = account;
  const { first, contactId } = await personOf(account, identities[0]);
  const saved = await saveOptOut({ organizationId, contactId, channel, accountId, source: 'unsubscribe', at });
  if (saved !== 'saved') return;
  const conversationId = conversationIdOf(accountId, identityKey(first));
  const counterparty: Counterparty = { identities: [first], ...compact({ name }) };
  await noteWish(
    {
      organizationId,
      conversationId,
      contactId,
      channel,
      channelAccountId: accountId,
      counterparty,
      at,
      name: first.value,
    },
    'opted_out',
    `Unsubscribed from messages on ${manifestOf(channel).label}`,
    at,
  );
}

async function comeBack({ identities }: Counterparty, account: ChannelAccount, at: number): Promise<void> {
  const { organizationId, channel } = account;
  const { contactId } = await personOf(account, identities[0]);
  await liftOptOut({ organizationId, contactId, channel }, { at, source: 'unsubscribe' });
}

/** Whom an identity is of, and by which they were first known. */
async function personOf(
  { organizationId }: ChannelAccount,
  identity: Identity,
): Promise<{ first: Identity; contactId: ContactId }> {
  const first = (await resolveAlias(organizationId, identity)) ?? identity;
  const id = contactIdOf(organizationId, identityKey(first));
  return { first, contactId: (await findContact(organizationId, id))?.id ?? id };
}
