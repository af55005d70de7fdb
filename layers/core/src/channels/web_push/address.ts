import type { Counterparty, Identity } from '../../domain/contact.ts';
import { fieldsOf, parseJson, textIn } from '../shared/read.ts';
import { isPushService } from './services.ts';

/** Where one browser can be reached, and the keys that only it can read with (RFC 8291). Keys are base64url. */
export interface Subscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** Also a sort key of an alias, of which DynamoDB takes 1024 bytes. */
const LONGEST = 1000;

/**
 * A subscription as one string, `<endpoint>#<p256dh>.<auth>`: an endpoint has no fragment, and without the keys nothing can be sent to it. As `auth` is
 * a secret of the browser, whoever can name the string is the browser, or heard of it from us.
 */
export function identityOf({ endpoint, p256dh, auth }: Subscription): Identity {
  return { kind: 'push_endpoint', value: `${endpoint}#${p256dh}.${auth}` };
}

/** The newest of a customer's subscriptions: a browser that renews one tells us both. */
export function subscriptionOf(to: Counterparty): Subscription | undefined {
  const value = to.identities.findLast(({ kind }) => kind === 'push_endpoint')?.value;
  return value === undefined ? undefined : parse(value);
}

/** A browser's `PushSubscription` as JSON has it, or undefined when it is none, or at no push service we know. */
export function readSubscription(json: unknown): Subscription | undefined {
  const { endpoint, keys } = fieldsOf(json);
  const { p256dh, auth } = fieldsOf(keys);
  return checked({ endpoint: textIn(endpoint) ?? '', p256dh: bare(p256dh), auth: bare(auth) });
}

/** A subscription's JSON, or the string a contact's identity has. */
export function recipient(text: string): Identity | undefined {
  const value = text.trim();
  const subscription = value.startsWith('{') ? readSubscription(parseJson(value)) : parse(value);
  return subscription && identityOf(subscription);
}

function parse(value: string): Subscription | undefined {
  const [, endpoint = '', p256dh = '', auth = ''] = /^([^#]+)#([\w-]+)\.([\w-]+)$/.exec(value) ?? [];
  return checked({ endpoint, p256dh, auth });
}

/** A P-256 point is 65 bytes that begin with 4; `auth` has 16 bytes. */
function checked(subscription: Subscription): Subscription | undefined {
  const { endpoint, p256dh, auth } = subscription;
  const isWhole = /^B[\w-]{86}$/.test(p256dh) && /^[\w-]{22}$/.test(auth) && /^[!-"$-~]+$/.test(endpoint);
  return isWhole && identityOf(subscription).value.length <= LONGEST && isPushService(endpoint)
    ? subscription
    : undefined;
}

/** Some libraries write base64 with padding. */
function bare(key: unknown): string {
  return (textIn(key) ?? '').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
