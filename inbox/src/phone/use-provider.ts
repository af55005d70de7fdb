import { useEffect, useSyncExternalStore } from 'react';
import { useVisible } from '../ui/use-visible.ts';
import { onEvents } from './provider-events.ts';
import type { ProviderApi } from './provider-api.ts';
import type { ProviderState, ProviderStore } from './provider-store.ts';

/** What the phone shows, kept up to date by the provider's events. */
export function useProvider(api: ProviderApi, store: ProviderStore): ProviderState {
  const visible = useVisible();
  useEffect(() => {
    return visible ? listen(api.name, store) : undefined;
  }, [api, store, visible]);
  return useSyncExternalStore(store.subscribe, store.state);
}

/** Events come in bursts; one reading shows what all of them did. */
function listen(provider: string, store: ProviderStore): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void store.reload(), 40);
  };
  const leave = onEvents(provider, soon);
  void store.reload();
  return () => {
    clearTimeout(waiting);
    leave();
  };
}
