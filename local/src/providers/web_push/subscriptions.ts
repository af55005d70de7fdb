import { randomBytes } from 'node:crypto';
import type { State } from '../state.ts';
import type { ReceiverKeys } from './decrypt.ts';
import { newKeyPair } from './key-pair.ts';

/** One browser's subscription to one site. */
export interface Subscription extends ReceiverKeys {
  id: string;
  phone: string;
  /** external id of the account */
  account: string;
  endpoint: string;
  /** the key it was made for: pushes signed with another are refused */
  application_server_key: string;
  gone: boolean;
}

export interface Subscriptions {
  get(id: string): Subscription | undefined;
  /** What the browser holds now. */
  of(phone: string, account: string): Subscription | undefined;
  /** What it held first, by which the site's page knows it. */
  first(phone: string, account: string): Subscription | undefined;
  add(subscription: Pick<Subscription, 'phone' | 'account' | 'application_server_key'>): Subscription;
  /** From now on the push service answers 410. */
  end(subscription: Subscription): void;
}

/** Where Firefox's subscriptions are. Here it stands under the provider's own address. */
export const host = 'updates.push.services.mozilla.com';

const shelf = 'subscriptions web_push';

/** The subscriptions of all browsers; they outlive a restart. */
export function createSubscriptions(state: State): Subscriptions {
  const all = new Map(state.list<Subscription>(shelf).map((one) => [one.id, one]));
  const keep = (one: Subscription): void => {
    all.set(one.id, one);
    state.put(shelf, one.id, one);
  };
  const held = (phone: string, account: string): Subscription[] =>
    [...all.values()].filter((one) => one.phone === phone && one.account === account);
  return {
    get: (id) => all.get(id),
    of: (phone, account) => held(phone, account).findLast(({ gone }) => !gone),
    first: (phone, account) => held(phone, account)[0],
    add: (whose) => {
      const id = `gAAAAAB${randomBytes(96).toString('base64url')}`;
      const made = { id, ...whose, ...newKeys(), endpoint: `https://${host}/wpush/v2/${id}`, gone: false };
      keep(made);
      return made;
    },
    end: (one) => keep({ ...one, gone: true }),
  };
}

/** As `PushSubscription.toJSON()` has it. */
export function shownSubscription({ endpoint, p256dh, auth }: Subscription) {
  return { endpoint, expirationTime: null, keys: { p256dh, auth } };
}

function newKeys(): ReceiverKeys {
  const { public_key, private_key } = newKeyPair();
  return { private_key, p256dh: public_key, auth: randomBytes(16).toString('base64url') };
}
