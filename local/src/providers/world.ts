import type { ProviderAccount } from './account.ts';
import { createDeliveries, type Deliveries, type Deliver, type Hook } from './deliveries.ts';
import { createEvents, type Events } from './events.ts';
import { createFaults, type Faults } from './faults.ts';
import { createMediaStore, type MediaStore } from './media.ts';
import { createPhones, type Phone, type Phones } from './phones.ts';
import { advance, createReceipts, type Receipts } from './receipts.ts';
import { createRequestLog, type RequestLog } from './requests.ts';
import type { State } from './state.ts';

/** Everything one provider has: its accounts, its customers' phones, and how it may misbehave. */
export interface World<Account extends ProviderAccount = ProviderAccount> {
  name: Account['channel'];
  now: () => number;
  /** by external id */
  accounts: Map<string, Account>;
  phones: Phones;
  media: MediaStore;
  faults: Faults;
  requests: RequestLog;
  deliveries: Deliveries;
  receipts: Receipts;
  events: Events;
  /** What `work` does to phones and webhooks before it first waits survives a restart as a whole, or not at all. */
  together<T>(work: () => T): T;
  /** Next number under this name; survives a restart. */
  next(name: string, start: number): number;
}

export interface WorldOptions {
  state: State;
  deliver: Deliver;
  now: () => number;
  schedule: readonly number[];
}

/** `answered` is told what our side answered to each webhook that it took. */
export function createWorld<Account extends ProviderAccount>(
  name: Account['channel'],
  phones: Omit<Phone, 'open' | 'blocked'>[],
  { state, deliver, now, schedule }: WorldOptions,
  answered: (hook: Hook, answer: string) => void = () => {},
): World<Account> {
  const faults = createFaults();
  const events = createEvents(name);
  const ownPhones = createPhones(state, name, events, phones);
  const taken = (hook: Hook, answer: string): void => {
    const { account, tellsOf } = hook;
    const phone = tellsOf && ownPhones.get(tellsOf.phone);
    if (phone) advance(ownPhones, phone, account, tellsOf.message, 'delivered');
    answered(hook, answer);
  };
  return {
    name,
    now,
    accounts: new Map(),
    phones: ownPhones,
    media: createMediaStore(state, name, now),
    faults,
    requests: createRequestLog(),
    deliveries: createDeliveries({ deliver, now, faults, schedule, state, shelf: `webhooks ${name}`, taken }),
    receipts: createReceipts(faults, state),
    events,
    together: (work) => state.together(work),
    next: (counter, start) => state.next(`${name} ${counter}`, start),
  };
}
