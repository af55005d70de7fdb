import { manifestOf } from '../../channels/manifests.ts';
import type { ContactId } from '../../domain/id.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { findContact } from '../../store/contacts.ts';
import { findOptOut, liftOptOut, saveOptOut } from '../../store/opt-outs.ts';
import { noteWish } from './note.ts';

/** The customer asked, in these words, for no more messages. */
export async function stop(message: Message, words: string): Promise<void> {
  const contactId = await contactOf(message);
  const saved = await saveOptOut({ ...aboutOf(message), contactId, source: 'message', at: message.storedAt });
  if (saved !== 'saved' && saved !== 'again') return;
  const { label } = manifestOf(message.channel);
  await note(message, 'opted_out', `Asked for no more messages on ${label}: «${words}»`);
}

/** The customer asked for messages again. */
export async function start(message: Message, words: string): Promise<void> {
  const contactId = await contactOf(message);
  const { organizationId, channel } = message;
  const known = await findOptOut(organizationId, contactId, channel);
  if (!known) return;
  const lifted = { at: message.storedAt, source: 'message', messageId: message.id } as const;
  const done = known.lifted
    ? known.lifted.messageId === message.id
    : await liftOptOut({ organizationId, contactId, channel }, lifted);
  if (done) await note(message, 'opted_in', `Wants messages on ${manifestOf(channel).label} again: «${words}»`);
}

/** Whoever it was merged into. */
async function contactOf({ organizationId, contactId }: Message): Promise<ContactId> {
  return (await findContact(organizationId, contactId))?.id ?? contactId;
}

function aboutOf({ organizationId, channel, channelAccountId, id }: Message) {
  return { organizationId, channel, accountId: channelAccountId, messageId: id };
}

/** Behind the message that it is about, and behind others of the same second, which is all that some providers tell of a time. */
async function note(message: Message, event: 'opted_out' | 'opted_in', text: string): Promise<void> {
  const { organizationId, conversationId, contactId, channel, channelAccountId, counterparty, storedAt } = message;
  const at = Math.max((parseMessageId(message.id)?.at ?? 0) + 1, storedAt);
  await noteWish(
    { organizationId, conversationId, contactId, channel, channelAccountId, counterparty, at, name: message.id },
    event,
    text,
    storedAt,
  );
}
