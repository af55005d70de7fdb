import { MessageActs } from '../acts/MessageActs.tsx';
import { useWords } from '../i18n/language.tsx';
import { useInbox } from '../inbox/desk-context.ts';
import { ClosedNote } from '../opt-outs/ClosedNote.tsx';
import { useOptOuts } from '../opt-outs/use-opt-outs.ts';
import { calledIn } from '../state/views.ts';
import { Icon } from '../ui/icons.tsx';
import { Composer } from './Composer.tsx';
import { MessageList } from './MessageList.tsx';
import { ThreadHeader } from './ThreadHeader.tsx';

/** The open conversation, or how to open one. */
export function ThreadPane() {
  const { text } = useWords();
  const open = useInbox((state) => state.open);
  const row = useInbox((state) => (open === null ? undefined : state.conversations[open]));
  const contact = useInbox((state) => (row ? state.contacts[row.contact_id] : undefined));
  const optOuts = useOptOuts(row);
  if (open === null) return <NothingOpen />;
  const name = calledIn(text, contact);
  return (
    <main className="thread-pane" data-testid="thread" data-conversation-id={open}>
      <ThreadHeader row={row} contact={contact} name={name} optOuts={optOuts} />
      <MessageActs key={`messages ${open}`} conversationId={open}>
        <MessageList id={open} />
      </MessageActs>
      {row && !optOuts.closing && <Composer key={`composer ${open}`} row={row} name={name} />}
      {row && optOuts.closing && <ClosedNote row={row} optOut={optOuts.closing} onLifted={optOuts.reread} />}
    </main>
  );
}

function NothingOpen() {
  const { text } = useWords();
  return (
    <main className="thread-pane nothing-open">
      <div className="empty">
        <Icon name="chats" className="large" />
        <h2>{text.chooseConversation}</h2>
        <p>{text.chooseConversationLead}</p>
      </div>
    </main>
  );
}
