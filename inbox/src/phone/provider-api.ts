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
  /** what a mail has beside its text */
  mail?: { subject: string; html: boolean; attachments: { filename: string; url: string }[] };
  /** what the phone shows beside it */
  remark?: string;
}

/** A file as the control API takes it: `url` is a `data:` URL with the bytes. */
export interface Attachment {
  type: 'image' | 'video' | 'audio' | 'document';
  url: string;
  mime: string;
  filename: string;
  caption?: string;
}

/** A file, a tap on what a message offers, or, on web push, that notifications are allowed (`unblock`) or ended (`block`). */
type Act = Attachment | { type: 'tap'; message_id: string; id: string } | { type: 'block' | 'unblock' };

interface Head {
  subject?: string;
}

interface Told {
  webhook_status: number | null;
}

/** The control API of one pretend provider. */
export interface ProviderApi {
  name: string;
  accounts(): Promise<Result<ProviderAccount[]>>;
  phones(): Promise<Result<Phone[]>>;
  messages(phoneId: string, account: string): Promise<Result<PhoneMessage[]>>;
  /** The customer writes, on email under a subject; `webhook_status` is what Parley answered the provider, null when nothing came in time. */
  write(phoneId: string, account: string, text: string, more?: Head): Promise<Result<Told>>;
  /** The customer does something else. */
  act(phoneId: string, account: string, act: Act, more?: Head): Promise<Result<Told>>;
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
    write: (id, account, text, more) =>
      call({ method: 'POST', path: phone(id, 'messages'), body: { account, text, ...more } }),
    act: (id, account, body, more) =>
      call({ method: 'POST', path: phone(id, 'messages'), body: { account, body, ...more } }),
    setOpen: (id, account) => call({ method: 'PUT', path: phone(id, 'open'), body: { account } }),
    add: (person) => call({ method: 'POST', path: `${base}/phones`, body: person }),
  };
}
