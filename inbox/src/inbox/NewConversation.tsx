import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { startConversation } from '../sync/send.ts';
import { own } from '../text/own.ts';
import { useChannelName } from '../ui/ChannelBadge.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { fieldText } from '../ui/form.ts';
import { useDesk, useInbox } from './desk-context.ts';
import { conversationPath } from './use-conversation-path.ts';

/** A modal dialog: which account writes, to whom, and what. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const { text } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const accounts = useInbox((state) => state.accounts);
  const active = Object.values(accounts).filter((account) => account.status === 'Active');
  useEffect(() => {
    dialog.current?.showModal();
    // The account is mostly right as it is.
    dialog.current?.querySelector('input')?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="new-conversation-title"
      onClose={onClose}
      data-testid="new-conversation-dialog"
    >
      <h2 id="new-conversation-title">{text.newConversation}</h2>
      {active.length === 0 ? (
        <p className="quiet">{text.noAccounts}</p>
      ) : (
        <FirstMessageForm accounts={active} onDone={() => dialog.current?.close()} />
      )}
    </dialog>
  );
}

function FirstMessageForm({ accounts, onDone }: { accounts: ChannelAccountRow[]; onDone: () => void }) {
  const desk = useDesk();
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const channel = accounts.find((account) => account.id === accountId)?.channel ?? '';

  async function start(form: FormData): Promise<void> {
    setBusy(true);
    setFailure(null);
    const first = { channel, accountId, to: fieldText(form, 'to').trim(), text: fieldText(form, 'text') };
    const answer = await startConversation(desk, first);
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    location.hash = conversationPath(answer.value);
    onDone();
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    void start(new FormData(event.currentTarget));
  }

  return (
    <form className="stack" onSubmit={submit}>
      <AccountField accounts={accounts} value={accountId} onChange={setAccountId} />
      <RecipientFields channel={channel} />
      {failure && <FailureNote failure={failure} />}
      <FormButtons busy={busy} onCancel={onDone} />
    </form>
  );
}

/** The account that writes. */
export function AccountField(props: { accounts: ChannelAccountRow[]; value: string; onChange: (id: string) => void }) {
  const { text } = useWords();
  const channelName = useChannelName();
  return (
    <label className="field">
      <span>{text.from}</span>
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)} data-testid="new-account">
        {props.accounts.map((account) => (
          <option key={account.id} value={account.id} dir="auto">
            {`${account.name} · ${channelName(account.channel)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function RecipientFields({ channel }: { channel: string }) {
  const { text } = useWords();
  return (
    <>
      <label className="field">
        <span>{text.recipient}</span>
        <input
          name="to"
          required
          dir="ltr"
          autoComplete="off"
          aria-describedby="recipient-hint"
          data-testid="new-recipient"
        />
        <small id="recipient-hint" className="quiet">
          {own(text.recipientHints, channel) ?? text.otherRecipientHint}
        </small>
      </label>
      <label className="field">
        <span>{text.firstMessage}</span>
        <textarea name="text" required rows={3} dir="auto" data-testid="new-text" />
      </label>
    </>
  );
}

function FormButtons({ busy, onCancel }: { busy: boolean; onCancel: () => void }) {
  const { text } = useWords();
  return (
    <div className="buttons">
      <button type="button" onClick={onCancel}>
        {text.cancel}
      </button>
      <button type="submit" className="primary" disabled={busy} data-testid="new-send">
        {text.send}
      </button>
    </div>
  );
}
