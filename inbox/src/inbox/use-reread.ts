import { useEffect } from 'react';
import { useDesk } from './desk-context.ts';

/** Reads something now, and again whenever the line has come up, because changes may have been missed. `read` must stay the same function. */
export function useReread(read: () => void): void {
  const { store } = useDesk();
  useEffect(() => {
    let before = store.state().connection;
    read();
    return store.subscribe(() => {
      const { connection } = store.state();
      const isUp = connection === 'live' && before !== 'live';
      before = connection;
      if (isUp) read();
    });
  }, [store, read]);
}
