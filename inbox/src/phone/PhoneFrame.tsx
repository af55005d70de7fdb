import { useMemo } from 'react';
import type { Call } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { ChannelBadge, useChannelName } from '../ui/ChannelBadge.tsx';
import { PhoneScreen } from './PhoneScreen.tsx';
import { PhoneSettings } from './PhoneSettings.tsx';
import { createProviderApi, type ProviderApi } from './provider-api.ts';
import { createProviderStore, type ProviderState, type ProviderStore } from './provider-store.ts';
import { useProvider } from './use-provider.ts';

/** One pretend phone: whose it is, whom it writes to, and their thread. */
export function PhoneFrame({ call, channel, id }: { call: Call; channel: string; id: string }) {
  const api = useMemo(() => createProviderApi(call, channel), [call, channel]);
  const store = useMemo(() => createProviderStore(api), [api]);
  const provider = useProvider(api, store);
  const name = useChannelName()(channel);
  return (
    <section
      className="phone-column"
      id={id}
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
        <PhoneScreen api={api} store={store} provider={provider} />
      </div>
    </section>
  );
}

interface Parts {
  api: ProviderApi;
  store: ProviderStore;
  provider: ProviderState;
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
