import type { Receipt } from '../../channels/contract.ts';
import type { Body } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { Identity } from '../../domain/contact.ts';
import type { ContactId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { unreachableWords } from '../../domain/reachability.ts';
import type { Unreachable } from '../../domain/reachability.ts';
import type { SendError } from '../../domain/status.ts';
import { saveOptOut } from '../../store/opt-outs.ts';
import { whyUnreachable } from '../../store/recipients.ts';
import { reachedBy } from '../receive/newest-address.ts';
import { findTemplate } from '../../store/templates.ts';
import { saveUnreachable } from '../../store/unreachable.ts';

/**
 * Why a message is not written to someone, if it must not be. Who asked for no more gets nothing that we send, answers included, until they
 * or an agent lift it. Who wants no marketing gets everything but templates that the provider calls marketing.
 */
export async function whyUnwilling(
  { organizationId, id, channel }: Pick<ChannelAccount, 'organizationId' | 'id' | 'channel'>,
  { contactId, identities, body }: { contactId: ContactId; identities: Identity[]; body: Body | undefined },
): Promise<Unreachable | undefined> {
  const why = await whyUnreachable({
    organizationId,
    accountId: id,
    channel,
    contactId,
    identities: reachedBy(channel, identities),
  });
  if (why !== 'no_marketing') return why;
  const template = body?.type === 'template' ? await findTemplate({ organizationId, id }, body.template) : undefined;
  return template?.category === 'MARKETING' ? why : undefined;
}

/** Why a message was skipped, in words. Its code is the reason. */
export function unwillingError(why: Unreachable, label: string): SendError {
  return { code: why, class: 'opted_out', message: `Not sent: ${unreachableWords(why, label)}.`, permanent: true };
}

/** What a provider's refusal says of the recipient is kept, so that the next send is refused before the provider is asked. */
export async function learnFromRefusal(
  message: Message,
  { error, gone }: Pick<Extract<Receipt, { outcome: 'refused' }>, 'error' | 'gone'>,
  at = Date.now(),
): Promise<void> {
  const { organizationId, channelAccountId: accountId, channel, contactId, counterparty } = message;
  const [identity] = reachedBy(channel, counterparty.identities);
  const here = { organizationId, accountId, channel, contactId, identity, at };
  if (gone) await saveUnreachable({ ...here, why: 'gone' });
  if (error.class !== 'opted_out') return;
  if (error.code === 'no_marketing') await saveUnreachable({ ...here, why: 'no_marketing' });
  else
    await saveOptOut({
      organizationId,
      contactId,
      channel,
      accountId,
      source: 'provider',
      messageId: message.id,
      reason: error.message,
      at,
    });
}
