import { useMemo, type KeyboardEvent } from 'react';
import { useWords } from '../i18n/language.tsx';
import { conversationsOf, type Filter } from '../state/views.ts';
import { loadList, loadMoreConversations } from '../sync/conversations.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { useNear } from '../ui/use-near.ts';
import { ConversationItem } from './ConversationItem.tsx';
import { useDesk, useInbox } from './desk-context.ts';
import { useSearch } from './use-search.ts';

export function ConversationList({ filter, words }: { filter: Filter; words: string }) {
  const desk = useDesk();
  const state = useInbox((all) => all);
  const { conversations, contacts, open, list } = state;
  const rows = useMemo(
    () => conversationsOf({ conversations, contacts, open }, filter, words),
    [conversations, contacts, open, filter, words],
  );
  useSearch(words);
  const end = useNear(() => void loadMoreConversations(desk), '300px');
  return (
    <div className="conversation-list" data-scroller data-testid="conversation-list" onKeyDown={moveFocus}>
      {rows.length === 0 && list.phase === 'loading' && <Skeletons />}
      {rows.length === 0 && list.phase === 'ready' && (list.complete || words !== '') && (
        <EmptyList kind={words === '' ? filter : 'search'} />
      )}
      <ul>
        {rows.map((row) => (
          <ConversationItem
            key={row.id}
            row={row}
            contact={contacts[row.contact_id]}
            draft={state.drafts[row.id]}
            selected={row.id === open}
          />
        ))}
      </ul>
      {list.failure && <FailureNote failure={list.failure} onRetry={() => void retry()} />}
      {!list.failure && words === '' && <div ref={end} className="list-end" />}
    </div>
  );

  function retry(): Promise<void> {
    return list.paged === 0 ? loadList(desk) : loadMoreConversations(desk);
  }
}

/** The arrow keys walk the list. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-conversation-id]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function EmptyList({ kind }: { kind: Filter | 'search' }) {
  const { text } = useWords();
  const [title, lead] = {
    all: [text.noConversations, text.noConversationsLead],
    unread: [text.nothingUnread, text.nothingUnreadLead],
    search: [text.nobodyFound, text.nobodyFoundLead],
  }[kind];
  return (
    <div className="empty" data-testid="empty-list">
      <h2>{title}</h2>
      <p>{lead}</p>
    </div>
  );
}

function Skeletons() {
  const { text } = useWords();
  return (
    <div className="skeletons" role="status" aria-label={text.loading}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="skeleton-row">
          <span className="skeleton round" />
          <span className="skeleton line" />
        </div>
      ))}
    </div>
  );
}
