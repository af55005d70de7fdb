import type { ProviderAccount } from './account.ts';
import type { Hook } from './deliveries.ts';
import type { Fault } from './faults.ts';
import type { Answer, Call } from './http.ts';
import type { CustomerBody, PhoneBody, Writing } from './phone-body.ts';
import type { Phone, PhoneMessage } from './phones.ts';
import type { World } from './world.ts';

/** What comes of one call to a provider's API. */
export interface Outcome {
  answer: Answer;
  /** shown in the request log: taken, but surely not what the caller wanted */
  warning?: string;
  /** what the provider and the phones do once the call is taken; runs beside the answer */
  after?: () => Promise<void>;
}

/** A customer's act on a phone, ready to be told to the provider. */
export interface Act {
  account: ProviderAccount;
  phone: Phone;
  body: CustomerBody;
  writing: Writing;
  /** the provider's address, for links in webhooks */
  base: string;
}

/** What a customer's act comes to: what the phone shows of it and what the webhook says. */
export type Written = { ok: true; message?: PhoneMessage; hook?: Hook | undefined } | { ok: false; reason: string };

/** One channel's pretend provider. */
export interface Provider {
  world: World;
  /** Answers one call of the provider's own API. */
  call(call: Call, fault: Fault | undefined): Promise<Outcome>;
  /** The answer of a fault, in the provider's own error shape. */
  fail(fault: Fault): Answer;
  /** A customer writes, taps, reacts, edits or blocks. */
  act(act: Act): Promise<Written>;
  /** This message of the business is on the phone. Only where phones report that. */
  arrived?(account: ProviderAccount, phone: Phone, message: PhoneMessage): Promise<void>;
  /** The customer has this message of the business on the screen. */
  seen(account: ProviderAccount, phone: Phone, message: PhoneMessage): Promise<void>;
  /** Control calls only this provider has: `/accounts/{external_id}/{verb}`. Undefined when there is no such verb. */
  control(account: ProviderAccount, verb: string, body: unknown): Promise<Answer | undefined>;
}

/** The body of a message as the phone that wrote it shows it; acts that are no message show nothing. */
export function shownBody(body: CustomerBody): PhoneBody | undefined {
  switch (body.type) {
    case 'edit':
    case 'unsend':
    case 'block':
    case 'unblock':
    case 'raw':
      return undefined;
    default:
      return body;
  }
}
