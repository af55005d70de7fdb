import type { Call, Result } from '../api/http.ts';

/** A business on the provider, as the provider knows it. */
export interface ProviderAccount {
  external_id: string;
  name: string;
  organization: string;
}

/** A customer's phone. `open` is the account whose thread is on its screen. */
export interface Phone {
  id: string;
  name: string;
  address: string;
  open: string | null;
}

export interface PhoneMessage {
  id: string;
  from: 'customer' | 'business';
  text: string | null;
  /** what the provider carried besides text */
  body: unknown;
  at: string;
  status: string | null;
}

/** A file as the control API takes it: `url` is a `data:` URL with the bytes. */
export interface Attachment {
  type: 'image' | 'video' | 'audio' | 'document';
  url: string;
  mime: string;
  filename: string;
  caption?: string;
}

/** The control API of one pretend provider. */
export interface ProviderApi {
  name: string;
  accounts(): Promise<Result<ProviderAccount[]>>;
  phones(): Promise<Result<Phone[]>>;
  messages(phoneId: string, account: string): Promise<Result<PhoneMessage[]>>;
  /** The customer writes; `webhook_status` is what Parley answered the provider, null when nothing came in time. */
  write(phoneId: string, account: string, text: string): Promise<Result<{ webhook_status: number | null }>>;
  /** The customer sends a file, with words if there are any. */
  attach(phoneId: string, account: string, file: Attachment): Promise<Result<{ webhook_status: number | null }>>;
  /** On web push: the customer allows the site's notifications, or ends them. */
  allow(phoneId: string, account: string, allowed: boolean): Promise<Result<{ webhook_status: number | null }>>;
  setOpen(phoneId: string, account: string | null): Promise<Result<unknown>>;
  add(person: { name: string; address: string }): Promise<Result<Phone>>;
}

export function createProviderApi(call: Call, name: string): ProviderApi {
  const base = `/providers/${name}`;
  const phone = (id: string, rest: string): string => `${base}/phones/${encodeURIComponent(id)}/${rest}`;
  return {
    name,
    accounts: () => call({ method: 'GET', path: `${base}/accounts` }),
    phones: () => call({ method: 'GET', path: `${base}/phones` }),
    messages: (id, account) =>
      call({ method: 'GET', path: phone(id, `messages?account=${encodeURIComponent(account)}`) }),
    write: (id, account, text) => call({ method: 'POST', path: phone(id, 'messages'), body: { account, text } }),
    attach: (id, account, body) => call({ method: 'POST', path: phone(id, 'messages'), body: { account, body } }),
    allow: (id, account, allowed) =>
      call({
        method: 'POST',
        path: phone(id, 'messages'),
        body: { account, body: { type: allowed ? 'unblock' : 'block' } },
      }),
    setOpen: (id, account) => call({ method: 'PUT', path: phone(id, 'open'), body: { account } }),
    add: (person) => call({ method: 'POST', path: `${base}/phones`, body: person }),
  };
}
