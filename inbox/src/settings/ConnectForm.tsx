import { useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import type { ConnectableChannel } from '../api/account-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { loadAccounts } from '../sync/accounts.ts';
import { useChannelName } from '../ui/ChannelBadge.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { fieldText } from '../ui/form.ts';
import { FormButtons } from '../ui/FormButtons.tsx';
import { CredentialFields, credentialsIn } from './CredentialFields.tsx';
import { useConnectable } from './use-connectable.ts';

/** Connects an account of any channel: by consent at the provider where that is possible, or by its credentials. */
export function ConnectForm({ onClose }: { onClose: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const channels = useConnectable();
  const [name, setName] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const channel = channels.find((one) => one.channel === name) ?? channels[0];
  if (!channel) return <p className="quiet">{text.loading}</p>;
  const chosen = channel;

  async function connect(form: FormData): Promise<void> {
    setBusy(true);
    setFailure(null);
    const answer = await desk.client.connectAccount(requestIn(form, chosen, kind));
    await loadAccounts(desk);
    setBusy(false);
    if (answer.ok) onClose();
    else setFailure(answer.failure);
  }

  async function leave(): Promise<void> {
    const answer = await desk.client.askConsent(chosen.channel, `${location.origin}/`);
    if (answer.ok) location.assign(answer.value.url);
    else setFailure(answer.failure);
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    void connect(new FormData(event.currentTarget));
  }

  return (
    <form className="account-card stack" onSubmit={submit} data-testid="connect-form">
      <ChannelField channels={channels} value={chosen.channel} onChange={setName} />
      {chosen.consent && <ConsentButton channel={chosen.channel} onClick={() => void leave()} />}
      <CredentialFields channel={chosen} kind={kind} onKind={setKind} />
      <AddressFields channel={chosen} />
      {failure && <FailureNote failure={failure} />}
      <FormButtons submit={text.connect} testId="connect-submit" disabled={busy} onCancel={onClose} />
    </form>
  );
}

function requestIn(form: FormData, channel: ConnectableChannel, kind: string | null): Record<string, unknown> {
  const given = ['name', 'external_id', 'base_url'].flatMap((field) => {
    const value = fieldText(form, field).trim();
    return value === '' ? [] : [[field, value] as const];
  });
  return {
    channel: channel.channel,
    credentials: credentialsIn(form, channel, kind),
    ...(form.has('later') ? { probe: false } : {}),
    ...Object.fromEntries(given),
  };
}

function ChannelField(props: { channels: ConnectableChannel[]; value: string; onChange: (channel: string) => void }) {
  const { text } = useWords();
  const channelName = useChannelName();
  return (
    <label className="field">
      <span>{text.channel}</span>
      <select
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        data-testid="connect-channel-name"
      >
        {props.channels.map(({ channel }) => (
          <option key={channel} value={channel}>
            {channelName(channel)}
          </option>
        ))}
      </select>
    </label>
  );
}

function ConsentButton({ channel, onClick }: { channel: string; onClick: () => void }) {
  const { text } = useWords();
  const channelName = useChannelName();
  return (
    <button type="button" className="primary" data-testid="connect-consent" onClick={onClick}>
      {text.connectWith(channelName(channel))}
    </button>
  );
}

function AddressFields({ channel }: { channel: ConnectableChannel }) {
  const { text } = useWords();
  const optional = (label: string) => `${label} (${text.optional})`;
  return (
    <>
      <label className="field">
        <span>{optional(text.accountName)}</span>
        <input name="name" dir="auto" autoComplete="off" data-testid="connect-name" />
      </label>
      <label className="field">
        <span>{channel.tells_external_id ? optional(text.accountAddress) : text.accountAddress}</span>
        <input
          name="external_id"
          dir="ltr"
          autoComplete="off"
          required={!channel.tells_external_id}
          data-testid="connect-external-id"
        />
      </label>
      {channel.pairing && (
        <label className="check">
          <input type="checkbox" name="later" />
          <span>{text.linkLater}</span>
        </label>
      )}
      {channel.own_server && (
        <label className="field">
          <span>{optional(text.serverAddress)}</span>
          <input name="base_url" dir="ltr" autoComplete="off" data-testid="connect-base-url" />
        </label>
      )}
    </>
  );
}
