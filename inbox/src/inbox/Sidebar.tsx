import { useState } from 'react';
import type { SessionKeeper } from '../api/session.ts';
import { useWords } from '../i18n/language.tsx';
import { searchWords, type Filter } from '../state/views.ts';
import { forgetAllDrafts } from '../sync/drafts.ts';
import { Icon } from '../ui/icons.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { ConnectionState } from './ConnectionState.tsx';
import { ConversationList } from './ConversationList.tsx';
import { useDesk } from './desk-context.ts';
import { NewConversation } from './NewConversation.tsx';
import { PageLinks } from './PageLinks.tsx';
import { SearchField } from './SearchField.tsx';
import { pagePath } from './use-page.ts';

export function Sidebar({ session }: { session: SessionKeeper }) {
  const { text } = useWords();
  const [filter, setFilter] = useState<Filter>('all');
  const [typed, setTyped] = useState('');
  const [writing, setWriting] = useState(false);
  return (
    <nav className="sidebar" aria-label={text.conversations}>
      <header className="sidebar-head">
        <h1>{text.inbox}</h1>
        <ConnectionState />
        <button
          type="button"
          className="icon-button accent"
          title={text.newConversation}
          aria-label={text.newConversation}
          data-testid="new-conversation"
          onClick={() => setWriting(true)}
        >
          <Icon name="plus" />
        </button>
      </header>
      <SearchField value={typed} onChange={setTyped} />
      <FilterSwitch filter={filter} onChange={setFilter} />
      <ConversationList filter={filter} words={searchWords(typed)} />
      <PageLinks />
      <SidebarFoot session={session} />
      {writing && <NewConversation onClose={() => setWriting(false)} />}
    </nav>
  );
}

function FilterSwitch({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { text } = useWords();
  const choices: Filter[] = ['all', 'unread'];
  return (
    <div className="segments wide" role="group" aria-label={text.filter}>
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === filter}
          data-filter={choice}
          onClick={() => onChange(choice)}
        >
          {text[choice]}
        </button>
      ))}
    </div>
  );
}

function SidebarFoot({ session }: { session: SessionKeeper }) {
  const { text } = useWords();
  const desk = useDesk();
  function signOut(): void {
    forgetAllDrafts(desk);
    location.hash = '#/';
    void session.signOut();
  }
  return (
    <footer className="sidebar-foot">
      <bdi className="who quiet" title={session.current()?.email}>
        {session.current()?.email}
      </bdi>
      <LanguageSwitch />
      <a
        className="icon-button"
        href={pagePath('settings')}
        title={text.accounts}
        aria-label={text.accounts}
        data-testid="open-settings"
      >
        <Icon name="gear" />
      </a>
      <a
        className="icon-button"
        href="/phone"
        target="_blank"
        rel="noopener"
        title={text.phones}
        aria-label={text.phones}
      >
        <Icon name="phone" />
      </a>
      <button
        type="button"
        className="icon-button"
        title={text.signOut}
        aria-label={text.signOut}
        data-testid="sign-out"
        onClick={signOut}
      >
        <Icon name="out" />
      </button>
    </footer>
  );
}
