import { useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { AccountField } from '../inbox/NewConversation.tsx';
import { useChannel, useChannels } from '../inbox/use-channel.ts';
import { keepCountry, lastCountry, makeBroadcast } from '../sync/broadcasts.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { FormButtons } from '../ui/FormButtons.tsx';
import { AudienceFields } from './AudienceFields.tsx';
import { broadcastIn, emptyDraft, encodingIn, isComplete, listIn, mappingIn } from './broadcast-draft.ts';
import { ContentFields } from './ContentFields.tsx';
import { useTemplates } from './use-templates.ts';

/** A form for a new broadcast: who sends, what, and to whom. Its list is read when it is made; it starts when it is told to. */
export function NewBroadcast({ onClose }: { onClose: () => void }) {
  const { text } = useWords();
  const accounts = useInbox((state) => state.accounts);
  const outbound = new Set(useChannels('', true).flatMap(({ name, outbound: sends }) => (sends ? [name] : [])));
  const able = Object.values(accounts).filter(({ status, channel }) => status === 'Active' && outbound.has(channel));
  if (able.length === 0) return <p className="quiet">{text.noAccounts}</p>;
  return <BroadcastForm accounts={able} onClose={onClose} />;
}

function BroadcastForm({ accounts, onClose }: { accounts: ChannelAccountRow[]; onClose: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [draft, setDraft] = useState(() => emptyDraft(accounts[0]?.id ?? '', lastCountry(desk)));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const account = accounts.find(({ id }) => id === draft.accountId);
  const hasNumbers = useChannel(account?.channel ?? '')?.address === 'phone';
  const template = useTemplates(draft.accountId, true).find(({ id }) => id === draft.templateId);
  const list = listIn(draft);

  async function make(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!list || !account) return;
    setBusy(true);
    setFailure(null);
    const broadcast = broadcastIn(draft, account, { template, hasNumbers });
    const made = await makeBroadcast(desk, list, { mapping: mappingIn(draft), encoding: encodingIn(draft) }, broadcast);
    setBusy(false);
    if (!made.ok) return setFailure(made.failure);
    if (hasNumbers) keepCountry(desk, draft.country);
    onClose();
  }

  return (
    <form className="account-card stack" onSubmit={(event) => void make(event)} data-testid="broadcast-form">
      <h3>{text.broadcasts.newBroadcast}</h3>
      <label className="field">
        <span>{`${text.broadcasts.name} (${text.optional})`}</span>
        <input
          dir="auto"
          maxLength={256}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          data-testid="broadcast-name"
        />
      </label>
      <AccountField
        accounts={accounts}
        value={draft.accountId}
        onChange={(accountId) => setDraft({ ...draft, accountId, templateId: '', blanks: {} })}
      />
      <AudienceFields draft={draft} hasNumbers={hasNumbers} onChange={setDraft} />
      <ContentFields draft={draft} isMail={account?.channel === 'email'} onChange={setDraft} />
      {failure && <FailureNote failure={failure} />}
      <FormButtons
        submit={busy ? text.broadcasts.uploading : text.broadcasts.create}
        testId="broadcast-create"
        disabled={busy || !isComplete(draft)}
        onCancel={onClose}
      />
    </form>
  );
}
