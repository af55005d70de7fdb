import type { Body } from '../../domain/body.ts';
import type { Message } from '../../domain/message.ts';
import { LONGEST_WISH, wishOf } from '../../domain/opt-out-words.ts';
import { settingsOf } from '../../store/organization-settings.ts';

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
      await (await import('../opt-outs/unwilling.ts')).learnFromRefusal(after, { error: failed.error }, failed.at);
  }
}

async function heed(message: Message, { words, tapped }: Said): Promise<void> {
  const { opt_out: own = {} } = await settingsOf(message.organizationId);
  if (own.enabled === false) return;
  const wish = wishOf(words, { stopWords: own.stop_words, startWords: own.start_words, tapped });
  if (wish === undefined) return;
  // few messages are wishes: what does them is loaded for the first
  const wishes = await import('../opt-outs/wish.ts');
  await wishes[wish](message, words);
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
