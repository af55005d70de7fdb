import { useState } from 'react';
import { useWords } from '../i18n/language.tsx';
import type { ProviderApi } from './provider-api.ts';
import type { ProviderStore } from './provider-store.ts';

/** A browser writes nothing: its customer allows notifications, or ends them. */
export function PushInput(props: { api: ProviderApi; store: ProviderStore; phoneId: string; account: string }) {
  const { text } = useWords();
  const [trouble, setTrouble] = useState<string | null>(null);
  async function allow(allowed: boolean): Promise<void> {
    const answer = await props.store.act(props.api.allow(props.phoneId, props.account, allowed));
    if (!answer.ok) return setTrouble(answer.failure.kind === 'network' ? text.networkFailure : answer.failure.message);
    const status = answer.value.webhook_status;
    setTrouble(status === null || status < 300 ? null : text.refused(String(status)));
  }
  return (
    <footer className="phone-input push">
      {trouble && (
        <p className="trouble" role="alert" dir="auto">
          {trouble}
        </p>
      )}
      <button type="button" className="primary" onClick={() => void allow(true)} data-testid="push-allow">
        {text.allowPushes}
      </button>
      <button type="button" onClick={() => void allow(false)} data-testid="push-end">
        {text.endPushes}
      </button>
    </footer>
  );
}
