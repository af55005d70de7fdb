import { useState } from 'react';
import type { Result } from '../api/http.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { isolate } from '../i18n/plural.ts';
import { startConversation } from '../sync/send.ts';
import { own } from '../text/own.ts';
import { useChannelName } from '../ui/ChannelBadge.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm } from '../ui/DialogForm.tsx';
import { fieldText } from '../ui/form.ts';
import { useDesk, useInbox } from './desk-context.ts';
import { conversationPath } from './use-conversation-path.ts';

/** A modal dialog: which account writes, to whom, and what. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const { text } = useWords();
  const accounts = useInbox((state) => state.accounts);
  const active = Object.values(accounts).filter((account) => account.status === 'Active');
  // The account is mostly right as it is.
  return (
    <Dialog title={text.newConversation} testId="new-conversation-dialog" focusOn="input" onClose={onClose}>
      {(close) =>
        active.length === 0 ? (
          <p className="quiet">{text.noAccounts}</p>
        ) : (
          <FirstMessageForm accounts={active} onDone={close} />
        )
      }
    </Dialog>
  );
}

function FirstMessageForm({ accounts, onDone }: { accounts: ChannelAccountRow[]; onDone: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? '');
  const channel = accounts.find((account) => account.id === accountId)?.channel ?? '';

  async function start(form: FormData): Promise<Result<string>> {
    const first = { channel, accountId, to: fieldText(form, 'to').trim(), text: fieldText(form, 'text') };
    const answer = await startConversation(desk, first);
    if (answer.ok) location.hash = conversationPath(answer.value);
    return answer;
  }

  return (
    <DialogForm submit={text.send} testId="new-send" onSubmit={start} onDone={onDone}>
      <AccountField accounts={accounts} value={accountId} onChange={setAccountId} />
      <RecipientFields channel={channel} />
    </DialogForm>
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
          <option key={account.id} value={account.id}>
            {`${isolate(account.name)} · ${channelName(account.channel)}`}
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
