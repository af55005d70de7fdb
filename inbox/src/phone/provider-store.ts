import type { Failure, Result } from '../api/http.ts';
import { createStore } from '../state/store.ts';
import type { Phone, PhoneMessage, ProviderAccount, ProviderApi } from './provider-api.ts';

export interface ProviderState {
  loaded: boolean;
  accounts: ProviderAccount[];
  phones: Phone[];
  account: ProviderAccount | undefined;
  phone: Phone | undefined;
  /** of this phone with this account, oldest first */
  messages: PhoneMessage[];
  failure: Failure | null;
}

/** One provider as a phone sees it. */
export interface ProviderStore {
  state: () => ProviderState;
  subscribe: (listener: () => void) => () => void;
  chooseAccount: (externalId: string) => void;
  choosePhone: (id: string) => void;
  reload: () => Promise<void>;
  /** Does something to the provider, then shows what came of it. */
  act: <T>(action: Promise<Result<T>>) => Promise<Result<T>>;
}

const nothing: ProviderState = {
  loaded: false,
  accounts: [],
  phones: [],
  account: undefined,
  phone: undefined,
  messages: [],
  failure: null,
};

export function createProviderStore(api: ProviderApi): ProviderStore {
  const store = createStore(
    (state: ProviderState, change: Partial<ProviderState>) => ({ ...state, ...change }),
    nothing,
  );
  let newest = 0;

  return { state: store.state, subscribe: store.subscribe, chooseAccount, choosePhone, reload, act };

  function chooseAccount(externalId: string): void {
    const account = store.state().accounts.find((each) => each.external_id === externalId);
    store.dispatch({ account, messages: [] });
    void reload();
  }

  function choosePhone(id: string): void {
    store.dispatch({ phone: store.state().phones.find((each) => each.id === id), messages: [] });
    void reload();
  }

  /** Of several at once, the last one asked for counts. */
  async function reload(): Promise<void> {
    newest += 1;
    const asked = newest;
    const answer = await read(api, store.state());
    if (asked !== newest) return;
    store.dispatch(answer.ok ? { ...answer.value, loaded: true, failure: null } : { failure: answer.failure });
  }

  async function act<T>(action: Promise<Result<T>>): Promise<Result<T>> {
    const answer = await action;
    await reload();
    return answer;
  }
}

type Reading = Pick<ProviderState, 'accounts' | 'phones' | 'account' | 'phone' | 'messages'>;

async function read(api: ProviderApi, before: ProviderState): Promise<Result<Reading>> {
  const [accounts, phones] = await Promise.all([api.accounts(), api.phones()]);
  if (!accounts.ok) return accounts;
  if (!phones.ok) return phones;
  const account = accounts.value.find((each) => each.external_id === before.account?.external_id) ?? accounts.value[0];
  const phone = phones.value.find((each) => each.id === before.phone?.id) ?? phones.value[0];
  const directory = { accounts: accounts.value, phones: phones.value, account, phone };
  if (!account || !phone) return { ok: true, value: { ...directory, messages: [] } };
  const messages = await api.messages(phone.id, account.external_id);
  return messages.ok ? { ok: true, value: { ...directory, messages: messages.value } } : messages;
}
