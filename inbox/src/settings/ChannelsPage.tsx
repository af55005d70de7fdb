import { useEffect, useState } from 'react';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { PageHead } from '../inbox/PageHead.tsx';
import { finishConsent, loadAccounts } from '../sync/accounts.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { AccountCard } from './AccountCard.tsx';
import { ConnectForm } from './ConnectForm.tsx';

/** The organization's channel accounts: how each does, and what can be done about it. */
export function ChannelsPage() {
  const { text } = useWords();
  const accounts = useInbox((state) => state.accounts);
  const [connecting, setConnecting] = useState(false);
  const failure = useReturnFromProvider();
  const all = Object.values(accounts).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return (
    <main className="settings-pane" data-testid="settings">
      <PageHead title={text.accounts} lead={text.accountsLead}>
        <button type="button" className="primary" data-testid="connect-channel" onClick={() => setConnecting(true)}>
          {text.connectChannel}
        </button>
      </PageHead>
      {failure && <FailureNote failure={failure} />}
      {connecting && <ConnectForm onClose={() => setConnecting(false)} />}
      <ul className="account-list">
        {all.map((account) => (
          <li key={account.id}>
            <AccountCard account={account} />
          </li>
        ))}
      </ul>
      {all.length === 0 && !failure && <p className="quiet">{text.noAccounts}</p>}
    </main>
  );
}

/** The list as it is now; and whoever comes back from a provider has a code with them, which becomes accounts. */
function useReturnFromProvider(): Failure | null {
  const desk = useDesk();
  const { text } = useWords();
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void loadAccounts(desk).then((why) => why && setFailure(why));
    const query = new URLSearchParams(location.search);
    const [state, code] = [query.get('state'), query.get('code')];
    if (!state || !code) return;
    history.replaceState(null, '', `/${location.hash}`);
    void finishConsent(desk, state, code, text.someNotConnected).then(setFailure);
  }, [desk, text]);
  return failure;
}
