import { useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { loadAccounts } from '../sync/accounts.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { CredentialFields, credentialsIn } from './CredentialFields.tsx';
import { useConnectable } from './use-connectable.ts';

/** New credentials for an account that is there. */
export function CredentialsForm({ account, onDone }: { account: ChannelAccountRow; onDone: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [kind, setKind] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const channel = useConnectable().find((one) => one.channel === account.channel);
  if (!channel) return <p className="quiet">{text.loading}</p>;
  const known = channel;

  async function save(form: FormData): Promise<void> {
    const answer = await desk.client.changeAccount(account.id, { credentials: credentialsIn(form, known, kind) });
    await loadAccounts(desk);
    if (answer.ok) onDone();
    else setFailure(answer.failure);
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    void save(new FormData(event.currentTarget));
  }

  return (
    <form className="stack" onSubmit={submit}>
      <CredentialFields channel={channel} kind={kind} onKind={setKind} />
      {failure && <FailureNote failure={failure} />}
      <div className="buttons">
        <button type="button" onClick={onDone}>
          {text.cancel}
        </button>
        <button type="submit" className="primary" data-testid="save-credentials">
          {text.save}
        </button>
      </div>
    </form>
  );
}
