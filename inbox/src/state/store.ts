/** A value that changes by actions, with listeners: what React's `useSyncExternalStore` asks for. */
export interface Store<State, Action> {
  state: () => State;
  dispatch: (action: Action) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
): Store<State, Action> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    state: () => current,
    dispatch(action) {
      const before = current;
      current = reduce(before, action);
      if (current !== before) for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
