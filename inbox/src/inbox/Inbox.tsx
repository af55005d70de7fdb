import { useEffect } from 'react';
import type { SessionKeeper } from '../api/session.ts';
import { unreadTotal } from '../state/views.ts';
import type { Desk } from '../sync/desk.ts';
import { startInbox } from '../sync/inbox.ts';
import { useWords } from '../i18n/language.tsx';
import { ThreadPane } from '../thread/ThreadPane.tsx';
import { DeskContext, useInbox } from './desk-context.ts';
import { LoadedPage } from './LoadedPage.tsx';
import { Sidebar } from './Sidebar.tsx';
import { useConversationKeys, useConversationPath } from './use-conversation-path.ts';
import { useMarkRead } from './use-mark-read.ts';
import { usePage } from './use-page.ts';

export function Inbox({ desk, session }: { desk: Desk; session: SessionKeeper }) {
  useRunningInbox(desk, session);
  return (
    <DeskContext value={desk}>
      <Panes session={session} />
    </DeskContext>
  );
}

/** Two panes side by side; on a narrow screen the one that is in use. */
function Panes({ session }: { session: SessionKeeper }) {
  const open = useInbox((state) => state.open);
  const page = usePage();
  useConversationPath();
  useConversationKeys();
  useMarkRead();
  usePageTitle();
  return (
    <div className="panes" data-pane={open === null && page === null ? 'list' : 'thread'} data-testid="inbox">
      <UnreadNews />
      <Sidebar session={session} />
      {page === null ? <ThreadPane /> : <LoadedPage page={page} />}
    </div>
  );
}

/** Says how much is unread whenever that changes, also while the list is out of sight. */
function UnreadNews() {
  const { text, format } = useWords();
  const unread = useInbox(unreadTotal);
  return (
    <p className="visually-hidden" role="status">
      {unread > 0 && text.unreadCount(unread, format.number(unread))}
    </p>
  );
}

function useRunningInbox(desk: Desk, session: SessionKeeper): void {
  useEffect(() => {
    const running = startInbox(desk, session);
    window.addEventListener('online', running.wake);
    document.addEventListener('visibilitychange', running.wake);
    return () => {
      window.removeEventListener('online', running.wake);
      document.removeEventListener('visibilitychange', running.wake);
      running.stop();
    };
  }, [desk, session]);
}

function usePageTitle(): void {
  const { text, format } = useWords();
  const unread = useInbox(unreadTotal);
  useEffect(() => {
    document.title = unread > 0 ? `(${format.number(unread)}) ${text.inbox} · Parley` : `${text.inbox} · Parley`;
    return () => {
      document.title = 'Parley';
    };
  }, [unread, text, format]);
}
