import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useInbox } from '../inbox/desk-context.ts';
import { gistOf } from '../text/gist.ts';
import { InALine } from './InALine.tsx';

/** The message that is replied or reacted to, if it is loaded. */
export function Quote({ row }: { row: MessageRow }) {
  const { text } = useWords();
  const target = useInbox((state) =>
    refersToOne(row) ? state.threads[row.conversation_id]?.rows.find((each) => isTarget(row, each)) : undefined,
  );
  if (!target) return null;
  return (
    <blockquote className="quote" aria-label={text.inReplyTo}>
      <Snippet row={target} />
    </blockquote>
  );
}

function refersToOne({ reply_to_id, reaction }: MessageRow): boolean {
  return reply_to_id !== null || reaction !== null;
}

function isTarget({ reply_to_id, reaction }: MessageRow, other: MessageRow): boolean {
  return other.id === reply_to_id || (reaction !== null && other.provider_message_id === reaction.target);
}

/** The first words of a message, or what kind it is. */
export function Snippet({ row }: { row: MessageRow }) {
  return (
    <span className="in-a-line">
      <InALine gist={gistOf(row)} />
    </span>
  );
}
