import { useMemo, useState } from 'react';
import type { Call, Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { AttachButton } from './AttachButton.tsx';
import { attachmentOf } from './attachment.ts';
import { ChannelBadge, useChannelName } from '../ui/ChannelBadge.tsx';
import { WriteBox } from '../ui/WriteBox.tsx';
import { PhoneSettings } from './PhoneSettings.tsx';
import { PhoneThread } from './PhoneThread.tsx';
import { PushInput } from './PushInput.tsx';
import { createProviderApi, type ProviderApi } from './provider-api.ts';
import { createProviderStore, type ProviderState, type ProviderStore } from './provider-store.ts';
import { useProvider } from './use-provider.ts';

/** One pretend phone: whose it is, whom it writes to, and their thread. */
export function PhoneFrame({ call, channel }: { call: Call; channel: string }) {
  const api = useMemo(() => createProviderApi(call, channel), [call, channel]);
  const store = useMemo(() => createProviderStore(api), [api]);
  const provider = useProvider(api, store);
  const name = useChannelName()(channel);
  return (
    <section
      className="phone-column"
      aria-label={name}
      data-testid="phone"
      data-channel={channel}
      data-phone-id={provider.phone?.id}
    >
      <PhoneSettings api={api} store={store} provider={provider} />
      <div className="phone-frame">
        <div className="phone-bar">
          <ChannelBadge channel={channel} labelled={false} />
          <span className="phone-bar-title">
            <strong>
              <bdi>{provider.account?.name ?? name}</bdi>
            </strong>
            <small>{name}</small>
          </span>
          <OpenToggle api={api} store={store} provider={provider} />
        </div>
        <Screen api={api} store={store} provider={provider} channel={channel} />
      </div>
    </section>
  );
}

interface Parts {
  api: ProviderApi;
  store: ProviderStore;
  provider: ProviderState;
}

function Screen({ api, store, provider, channel }: Parts & { channel: string }) {
  const { text } = useWords();
  const { phone, account, loaded, failure } = provider;
  if (!loaded)
    return (
      <ScreenNotice
        words={failure ? text.providerAway : text.loading}
        {...(failure ? { onRetry: () => void store.reload() } : {})}
      />
    );
  if (!phone || !account) return <ScreenNotice words={text.noPhones} />;
  const Input = channel === 'web_push' ? PushInput : PhoneInput;
  return (
    <>
      <PhoneThread key={`${phone.id} ${account.external_id}`} messages={provider.messages} />
      <Input key={phone.id} api={api} store={store} phoneId={phone.id} account={account.external_id} />
    </>
  );
}

type Sent = Awaited<ReturnType<ProviderApi['write']>>;

function PhoneInput(props: { api: ProviderApi; store: ProviderStore; phoneId: string; account: string }) {
  const { text } = useWords();
  const [written, setWritten] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  async function send(message: string, sending: Promise<Sent>): Promise<void> {
    setWritten('');
    const answer = await props.store.act(sending);
    if (!answer.ok) setWritten((later) => later || message);
    setTrouble(answer.ok ? refusedWebhook(answer.value.webhook_status) : wordsOf(answer.failure));
  }
  const write = (message: string): Promise<void> =>
    send(message, props.api.write(props.phoneId, props.account, message));
  const attach = async (file: File): Promise<void> =>
    send(written, props.api.attach(props.phoneId, props.account, await attachmentOf(file, written)));
  function refusedWebhook(status: number | null): string | null {
    return status === null || status < 300 ? null : text.refused(String(status));
  }
  function wordsOf(failure: Failure): string {
    return failure.kind === 'network' ? text.networkFailure : failure.message;
  }
  return (
    <footer className="phone-input">
      {trouble && (
        <p className="trouble" role="alert" dir="auto">
          {trouble}
        </p>
      )}
      <AttachButton onChoose={(file) => void attach(file)} />
      <WriteBox
        text={written}
        label={text.phonePlaceholder}
        placeholder={text.phonePlaceholder}
        sendLabel={text.send}
        testId="phone-input"
        onChange={setWritten}
        onSend={(message) => void write(message)}
      />
    </footer>
  );
}

/** An open thread reads what comes in, where the provider has read receipts. */
function OpenToggle({ api, store, provider }: Parts) {
  const { text } = useWords();
  const { phone, account } = provider;
  if (!phone || !account) return null;
  const open = phone.open === account.external_id;
  const toggle = (): void => void store.act(api.setOpen(phone.id, open ? null : account.external_id));
  return (
    <button
      type="button"
      className="open-toggle"
      role="switch"
      aria-checked={open}
      title={text.openLead}
      onClick={toggle}
      data-testid="phone-open"
      data-open={open}
    >
      <span className="switch-track" />
      <span>{open ? text.threadOpen : text.threadClosed}</span>
    </button>
  );
}

function ScreenNotice({ words, onRetry }: { words: string; onRetry?: () => void }) {
  const { text } = useWords();
  return (
    <div className="phone-notice empty">
      <p>{words}</p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {text.tryAgain}
        </button>
      )}
    </div>
  );
}
