import type { ConversationRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { keepDraft } from '../sync/drafts.ts';
import { sendText } from '../sync/send.ts';
import { WriteBox } from '../ui/WriteBox.tsx';

/** Where the agent writes. What is typed is the conversation's draft until it is sent. */
export function Composer({ row, name }: { row: ConversationRow; name: string }) {
  const { text } = useWords();
  const desk = useDesk();
  const draft = useInbox((state) => state.drafts[row.id]) ?? '';
  return (
    <footer className="composer">
      <WriteBox
        text={draft}
        label={text.composerLabel(name)}
        placeholder={text.composerPlaceholder}
        sendLabel={text.send}
        hint={text.composerHint}
        testId="composer"
        focusAtStart
        onChange={(next) => keepDraft(desk, row.id, next)}
        onSend={(message) => void sendText(desk, row, message)}
      />
    </footer>
  );
}
