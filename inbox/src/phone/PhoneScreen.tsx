import { useState } from 'react';
import type { Failure, Result } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import type { BodyChoice } from './phone-message.ts';
import { PhoneThread } from './PhoneThread.tsx';
import type { ProviderApi } from './provider-api.ts';
import type { ProviderState, ProviderStore } from './provider-store.ts';
import { PushInput } from './PushInput.tsx';
import { WriteInput } from './WriteInput.tsx';

interface Props {
  api: ProviderApi;
  store: ProviderStore;
  provider: ProviderState;
}

/** What the customer does; says whether the provider let it. */
type Tell = (doing: Promise<Result<{ webhook_status: number | null }>>) => Promise<boolean>;

/** The chat that is on the phone's screen, or why there is none. */
export function PhoneScreen({ api, store, provider }: Props) {
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
  return <Chat key={phone.id} {...{ api, store, provider }} phoneId={phone.id} account={account.external_id} />;
}

function Chat({ api, store, provider, phoneId, account }: Props & { phoneId: string; account: string }) {
  const { text } = useWords();
  const [trouble, setTrouble] = useState<string | null>(null);
  const tell: Tell = async (doing) => {
    const answer = await store.act(doing);
    setTrouble(answer.ok ? refusedWebhook(answer.value.webhook_status) : wordsOf(answer.failure));
    return answer.ok;
  };
  const tap = (messageId: string, choice: BodyChoice): void => {
    // Only a notification's link is told of.
    if (choice.url === null || api.name === 'web_push')
      void tell(api.act(phoneId, account, { type: 'tap', message_id: messageId, id: choice.id }));
  };
  function refusedWebhook(status: number | null): string | null {
    return status === null || status < 300 ? null : text.refused(String(status));
  }
  function wordsOf(failure: Failure): string {
    return failure.kind === 'network' ? text.networkFailure : failure.message;
  }
  return (
    <>
      <PhoneThread
        key={account}
        messages={provider.messages}
        empty={canWrite(api) ? text.phoneEmpty : text.noMessagesYet}
        onTap={tap}
      />
      <footer className="phone-input">
        {trouble && (
          <p className="trouble" role="alert" dir="auto">
            {trouble}
          </p>
        )}
        <Input api={api} phoneId={phoneId} account={account} tell={tell} />
      </footer>
    </>
  );
}

export interface InputProps {
  api: ProviderApi;
  phoneId: string;
  account: string;
  tell: Tell;
}

function Input(props: InputProps) {
  const { text } = useWords();
  if (canWrite(props.api)) return <WriteInput {...props} />;
  return props.api.name === 'web_push' ? <PushInput {...props} /> : <p className="quiet one-way">{text.oneWay}</p>;
}

function canWrite({ name }: ProviderApi): boolean {
  return name !== 'web_push' && name !== 'sms';
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
