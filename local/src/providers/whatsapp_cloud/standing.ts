import type { WhatsappCloudAccount } from '../account.ts';
import type { State } from '../state.ts';

/** How things stand between an account and Meta, beside what it sends; kept over a restart. */
export interface Standing {
  /** Where the business account's webhooks go: an address of its own, the app's, or nowhere. */
  webhookOf(account: WhatsappCloudAccount): string | undefined;
  /** True while the app hears of the business account. */
  isSubscribed(business: string): boolean;
  subscribe(business: string, override: string | undefined): void;
  unsubscribe(business: string): void;
  isRegistered(number: string): boolean;
  /** The PIN of two-step verification, once there is one. */
  pinOf(number: string): string | undefined;
  register(number: string, pin: string): void;
  deregister(number: string): void;
  /** Whether the number is on the phone's app too, and what of the app's past it was asked for. */
  isOnApp(number: string): boolean;
  putOnApp(number: string): void;
  pastAsked(number: string): string[];
  askPast(number: string, kind: string): void;
  /** Whether a token is good still. */
  isRevoked(token: string): boolean;
  revoke(token: string, isRevoked: boolean): void;
  /** Whether a customer wants no marketing of this business account. */
  isOptedOut(business: string, phone: string): boolean;
  optOut(business: string, phone: string, isOut: boolean): void;
}

interface Subscription {
  heard: boolean;
  override?: string;
}

interface Registration {
  registered: boolean;
  pin?: string;
}

/** Accounts begin subscribed, registered, and with customers who take everything. */
export function createStanding(state: State): Standing {
  const shelf = 'standing whatsapp_cloud';
  const read = <T>(kind: string, id: string, initial: T): T =>
    (state.get(shelf, `${kind} ${id}`) as T | undefined) ?? initial;
  const write = (kind: string, id: string, value: unknown): void => state.put(shelf, `${kind} ${id}`, value);
  const subscriptionOf = (business: string): Subscription =>
    read<Subscription>('subscription', business, { heard: true });
  const registrationOf = (number: string): Registration =>
    read<Registration>('registration', number, { registered: true });
  return {
    webhookOf: ({ waba_id, webhook_url }) => {
      const { heard, override } = subscriptionOf(waba_id);
      return heard ? (override ?? webhook_url) : undefined;
    },
    isSubscribed: (business) => subscriptionOf(business).heard,
    subscribe: (business, override) =>
      write('subscription', business, { heard: true, ...(override !== undefined && { override }) }),
    unsubscribe: (business) => write('subscription', business, { heard: false }),
    isRegistered: (number) => registrationOf(number).registered,
    pinOf: (number) => registrationOf(number).pin,
    register: (number, pin) => write('registration', number, { registered: true, pin }),
    deregister: (number) => write('registration', number, { ...registrationOf(number), registered: false }),
    isOnApp: (number) => read('on app', number, false),
    putOnApp: (number) => write('on app', number, true),
    pastAsked: (number) => read<string[]>('past', number, []),
    askPast: (number, kind) => write('past', number, [...read<string[]>('past', number, []), kind]),
    isRevoked: (token) => read('revoked', token, false),
    revoke: (token, isRevoked) => write('revoked', token, isRevoked),
    isOptedOut: (business, phone) => read('opted out', `${business} ${phone}`, false),
    optOut: (business, phone, isOut) => write('opted out', `${business} ${phone}`, isOut),
  };
}
