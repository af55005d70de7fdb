import { createContext, useContext, useSyncExternalStore } from 'react';
import type { InboxState } from '../state/inbox-state.ts';
import type { Desk } from '../sync/desk.ts';

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no DeskContext above');
  return desk;
}

/** A part of the inbox's state. `pick` must give the same value for the same state. */
export function useInbox<T>(pick: (state: InboxState) => T): T {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, () => pick(store.state()));
}
