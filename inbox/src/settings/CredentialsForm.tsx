import { useState } from 'react';
import type { Result } from '../api/http.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { loadAccounts } from '../sync/accounts.ts';
import { DialogForm } from '../ui/DialogForm.tsx';
import { CredentialFields, credentialsIn } from './CredentialFields.tsx';
import { useConnectable } from './use-connectable.ts';

/** New credentials for an account that is there. */
export function CredentialsForm({ account, onDone }: { account: ChannelAccountRow; onDone: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [kind, setKind] = useState<string | null>(null);
  const channel = useConnectable().find((one) => one.channel === account.channel);
  if (!channel) return <p className="quiet">{text.loading}</p>;
  const known = channel;

  async function save(form: FormData): Promise<Result<unknown>> {
    const answer = await desk.client.changeAccount(account.id, { credentials: credentialsIn(form, known, kind) });
    await loadAccounts(desk);
    return answer;
  }

  return (
    <DialogForm submit={text.save} testId="save-credentials" onSubmit={save} onDone={onDone}>
      <CredentialFields channel={channel} kind={kind} onKind={setKind} />
    </DialogForm>
  );
}
