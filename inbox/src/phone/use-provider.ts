import { useCallback, useEffect, useState } from 'react';
import type { Failure, Result } from '../api/http.ts';
import { useVisible } from '../ui/use-visible.ts';
import type { Phone, PhoneMessage, ProviderAccount, ProviderApi } from './provider-api.ts';

interface Directory {
  accounts: ProviderAccount[];
  phones: Phone[];
}

export interface ProviderState {
  /** null until loaded */
  directory: Directory | null;
  account: ProviderAccount | undefined;
  phone: Phone | undefined;
  messages: PhoneMessage[];
  failure: Failure | null;
  chooseAccount: (id: string) => void;
  choosePhone: (id: string) => void;
  reload: () => void;
  /** Does something to the provider, then shows what came of it. */
  act: <T>(action: Promise<Result<T>>) => Promise<Result<T>>;
}

/** One provider as a phone sees it, kept up to date by the provider's events. */
export function useProvider(api: ProviderApi): ProviderState {
  const [directory, setDirectory] = useState<Directory | null>(null);
  const [messages, setMessages] = useState<PhoneMessage[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [accountId, chooseAccount] = useState('');
  const [phoneId, choosePhone] = useState('');
  const [version, setVersion] = useState(0);
  const reload = useCallback(() => setVersion((count) => count + 1), []);
  const account = chosen(directory?.accounts, (each) => each.external_id === accountId);
  const phone = chosen(directory?.phones, (each) => each.id === phoneId);

  useEffect(() => {
    let current = true;
    void readDirectory(api).then((answer) => {
      if (!current) return;
      if (answer.ok) setDirectory(answer.value);
      setFailure(answer.ok ? null : answer.failure);
    });
    return () => {
      current = false;
    };
  }, [api, version]);
  useMessages(api, phone?.id, account?.external_id, version, setMessages);
  useProviderEvents(api.eventsPath, reload);

  async function act<T>(action: Promise<Result<T>>): Promise<Result<T>> {
    const answer = await action;
    reload();
    return answer;
  }
  return { directory, account, phone, messages, failure, chooseAccount, choosePhone, reload, act };
}

function useMessages(
  api: ProviderApi,
  phone: string | undefined,
  account: string | undefined,
  version: number,
  show: (messages: PhoneMessage[]) => void,
): void {
  useEffect(() => {
    let current = true;
    if (phone === undefined || account === undefined) return show([]);
    void api.messages(phone, account).then((answer) => {
      if (current && answer.ok) show(answer.value);
    });
    return () => {
      current = false;
    };
  }, [api, phone, account, version, show]);
}

/** Listens while the page is looked at: a browser gives one host six connections in all, and each phone takes one. */
function useProviderEvents(path: string, onChange: () => void): void {
  const visible = useVisible();
  useEffect(() => {
    if (!visible) return;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(waiting);
      waiting = setTimeout(onChange, 40);
    };
    const events = new EventSource(path);
    events.addEventListener('open', soon);
    events.addEventListener('message', soon);
    return () => {
      clearTimeout(waiting);
      events.close();
    };
  }, [path, visible, onChange]);
}

async function readDirectory(api: ProviderApi): Promise<Result<Directory>> {
  const [accounts, phones] = await Promise.all([api.accounts(), api.phones()]);
  if (!accounts.ok) return accounts;
  if (!phones.ok) return phones;
  return { ok: true, value: { accounts: accounts.value, phones: phones.value } };
}

function chosen<T>(all: T[] | undefined, isChosen: (one: T) => boolean): T | undefined {
  return all?.find(isChosen) ?? all?.[0];
}
