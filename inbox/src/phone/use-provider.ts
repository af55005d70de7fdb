import { useEffect, useSyncExternalStore } from 'react';
import { useVisible } from '../ui/use-visible.ts';
import type { ProviderApi } from './provider-api.ts';
import type { ProviderState, ProviderStore } from './provider-store.ts';

/** What the phone shows, kept up to date by the provider's events. */
export function useProvider(api: ProviderApi, store: ProviderStore): ProviderState {
  const visible = useVisible();
  useEffect(() => {
    // A browser gives one host six connections in all, and each phone takes one: pages that nobody looks at give theirs back.
    return visible ? listen(api.eventsPath, store) : undefined;
  }, [api, store, visible]);
  return useSyncExternalStore(store.subscribe, store.state);
}

/** Events come in bursts; one reading shows what all of them did. */
function listen(path: string, store: ProviderStore): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const events = new EventSource(path);
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void store.reload(), 40);
  };
  events.addEventListener('open', soon);
  events.addEventListener('message', soon);
  void store.reload();
  return () => {
    clearTimeout(waiting);
    events.close();
  };
}
