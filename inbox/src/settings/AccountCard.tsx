import { useState } from 'react';
import type { Failure, Result } from '../api/http.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { loadAccounts } from '../sync/accounts.ts';
import { own } from '../text/own.ts';
import { ChannelBadge } from '../ui/ChannelBadge.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { AccountFacts } from './AccountFacts.tsx';
import { CredentialsForm } from './CredentialsForm.tsx';
import { Pairing } from './Pairing.tsx';
import { useConnectable } from './use-connectable.ts';

type Open = 'credentials' | 'pairing' | null;

/** One account, with what can be done about it. */
export function AccountCard({ account }: { account: ChannelAccountRow }) {
  const { text } = useWords();
  const [open, setOpen] = useState<Open>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [passed, setPassed] = useState(false);
  const state = account.status === 'Active' ? (account.health?.state ?? 'unknown') : 'off';
  return (
    <article className="account-card" data-testid="account" data-account-id={account.id} data-health={state}>
      <header>
        <ChannelBadge channel={account.channel} />
        <div className="account-title">
          <bdi>{account.name}</bdi>
          <bdi className="quiet">{account.external_id}</bdi>
        </div>
        <span className="health-mark">
          {state === 'off' ? text.switchedOff : (own(text.healthStates, state) ?? state)}
        </span>
      </header>
      {account.health && <AccountFacts account={account} health={account.health} />}
      <Buttons account={account} open={open} setOpen={setOpen} setFailure={setFailure} setPassed={setPassed} />
      {passed && <p className="quiet">{text.testPassed}</p>}
      {failure && <FailureNote failure={failure} />}
      {open === 'credentials' && <CredentialsForm account={account} onDone={() => setOpen(null)} />}
      {open === 'pairing' && <Pairing account={account} />}
    </article>
  );
}

interface ButtonsProps {
  account: ChannelAccountRow;
  open: Open;
  setOpen: (open: Open) => void;
  setFailure: (failure: Failure | null) => void;
  setPassed: (passed: boolean) => void;
}

function Buttons({ account, open, setOpen, setFailure, setPassed }: ButtonsProps) {
  const { text } = useWords();
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const channel = useConnectable().find((one) => one.channel === account.channel);
  const { client } = desk;
  const isOn = account.status === 'Active';

  async function act<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
    setBusy(true);
    setFailure(null);
    setPassed(false);
    const answer = await ask();
    if (!answer.ok) setFailure(answer.failure);
    await loadAccounts(desk);
    setBusy(false);
    return answer;
  }

  async function test(): Promise<void> {
    const answer = await act(() => client.testAccount(account.id));
    if (!answer.ok) return;
    const { error } = answer.value;
    setPassed(error === null);
    if (error) setFailure({ kind: 'refused', status: 200, code: error.code, message: error.message, hint: null });
  }

  function disconnect(): void {
    if (window.confirm(text.disconnectLead)) void act(() => client.removeAccount(account.id));
  }

  const toggle = (which: Exclude<Open, null>) => setOpen(open === which ? null : which);
  return (
    <div className="buttons">
      <button type="button" disabled={busy} data-testid="test-account" onClick={() => void test()}>
        {text.test}
      </button>
      <button
        type="button"
        disabled={busy}
        data-testid="switch-account"
        onClick={() => void act(() => client.changeAccount(account.id, { status: isOn ? 'Inactive' : 'Active' }))}
      >
        {isOn ? text.switchOff : text.switchOn}
      </button>
      {channel?.pairing && (
        <button type="button" data-testid="pair-account" onClick={() => toggle('pairing')}>
          {text.pairPhone}
        </button>
      )}
      <button type="button" data-testid="renew-credentials" onClick={() => toggle('credentials')}>
        {text.newCredentials}
      </button>
      <button type="button" disabled={busy} data-testid="disconnect-account" onClick={disconnect}>
        {text.disconnect}
      </button>
    </div>
  );
}
