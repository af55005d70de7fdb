import { manifestOf } from '../../channels/manifests.ts';
import type { Body } from '../../domain/body.ts';
import type { ContactId } from '../../domain/id.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { LONGEST_WISH, wishOf } from '../../domain/opt-out-words.ts';
import { findContact } from '../../store/contacts.ts';
import { findOptOut, liftOptOut, saveOptOut } from '../../store/opt-outs.ts';
import { settingsOf } from '../../store/organization-settings.ts';
import { noteWish } from '../opt-outs/note.ts';
import { learnFromRefusal } from '../opt-outs/unwilling.ts';

/** What a customer wrote or tapped, when it is short enough to be one of the words. */
interface Said {
  words: string;
  tapped: boolean;
}

/**
 * Heeds received messages that ask for no more messages, or for messages again, in their order. Of others nothing is written. Done again it
 * does nothing new, also after an agent has lifted what was asked for.
 */
export async function heedWishes(messages: Message[]): Promise<void> {
  for (const message of messages) {
    const said = saidIn(message);
    if (said) await heed(message, said);
  }
}

/** The same for what a provider said after it had taken a message: that the customer wants no more of them. */
export async function heedRefusals(changes: { before: Message | undefined; after: Message }[]): Promise<void> {
  for (const { before, after } of changes) {
    const { sent, failed } = after.progress;
    const isNew = before !== undefined && before.progress.failed === undefined;
    if (isNew && sent && failed?.error?.class === 'opted_out')
      await learnFromRefusal(after, { error: failed.error }, failed.at);
  }
}

async function heed(message: Message, { words, tapped }: Said): Promise<void> {
  const { opt_out: own = {} } = await settingsOf(message.organizationId);
  if (own.enabled === false) return;
  const wish = wishOf(words, { stopWords: own.stop_words, startWords: own.start_words, tapped });
  if (wish === 'stop') await stop(message, words);
  if (wish === 'start') await start(message, words);
}

async function stop(message: Message, words: string): Promise<void> {
  const contactId = await contactOf(message);
  const saved = await saveOptOut({ ...aboutOf(message), contactId, source: 'message', at: message.storedAt });
  if (saved !== 'saved' && saved !== 'again') return;
  const { label } = manifestOf(message.channel);
  await note(message, 'opted_out', `Asked for no more messages on ${label}: «${words}»`);
}

async function start(message: Message, words: string): Promise<void> {
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

/** Only a person who writes to us alone asks for himself; a machine's answer asks for nothing. */
function saidIn({ direction, author, body }: Message): Said | undefined {
  if (direction !== 'INBOUND' || author !== undefined) return undefined;
  const said = wordsIn(body);
  return said && said.words.length <= LONGEST_WISH ? { ...said, words: said.words.trim() } : undefined;
}

function wordsIn(body: Body): Said | undefined {
  switch (body.type) {
    case 'text':
      return { words: body.text, tapped: false };
    case 'interactive':
      return body.interactive.kind === 'reply' ? { words: body.interactive.title, tapped: true } : undefined;
    case 'email':
      if (body.automatic || body.suspect) return undefined;
      return { words: body.text.trim() || body.subject, tapped: false };
    default:
      return undefined;
  }
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
