import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useInbox } from '../inbox/desk-context.ts';

/** The message that is replied to, if it is loaded. */
export function Quote({ conversationId, id }: { conversationId: string; id: string }) {
  const { text } = useWords();
  const row = useInbox((state) => state.threads[conversationId]?.rows.find((each) => each.id === id));
  if (!row) return null;
  return (
    <blockquote className="quote" aria-label={text.inReplyTo}>
      <Snippet row={row} />
    </blockquote>
  );
}

function Snippet({ row }: { row: MessageRow }) {
  const { text } = useWords();
  return <span dir="auto">{row.message || text.bodies[row.type]}</span>;
}
