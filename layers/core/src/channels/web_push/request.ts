import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { withoutAttempt } from '../../domain/reference.ts';
import { cutText } from '../../domain/rich-text/cut-text.ts';
import type { Outgoing } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { sha256Hex } from '../shared/secrets.ts';
import type { Subscription } from './address.ts';
import { contentOf, shortened, type Content } from './content.ts';
import type { Credentials } from './credentials.ts';
import { encrypt, MOST_PLAINTEXT_BYTES } from './encrypt.ts';
import type { Options } from './options.ts';
import { headersFor } from './services.ts';
import { tokenOf } from './token.ts';

/** A push as it goes to its service, but for the proof of who sends it. */
export interface PushRequest {
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
  /** it says less than it was to say */
  isShort: boolean;
}

type Account = ConnectedAccount<Credentials>;

const DAY_S = 24 * 3600;
/** An account's name may be longer than there is room for. */
const MOST_TITLE = 40;

/** Undefined when the body is none that a notification shows. Throws when the subscription's key is no key. `short`: as little as makes sense. */
export function requestOf(
  outgoing: Outgoing,
  to: Subscription,
  account: Account,
  short = false,
): PushRequest | undefined {
  const content = contentOf(outgoing.body);
  if (!content) return undefined;
  const whole = bytesOf(content, outgoing, account);
  const isShort = short || whole.length > MOST_PLAINTEXT_BYTES;
  const payload = isShort ? bytesOf(shortened(content), { ...outgoing, options: {} }, account) : whole;
  return { headers: headersOf(outgoing, to, account), body: encrypt(payload, to), isShort };
}

function bytesOf(content: Content, { reference, options = {} }: Outgoing, account: Account): Buffer<ArrayBuffer> {
  return Buffer.from(JSON.stringify(payloadOf(content, reference, account, options)));
}

/**
 * In the shape of declarative web push: a browser that knows it shows the notification even when the site's worker is gone, every other hands the
 * same JSON to the worker. It has to name a page for each tap, or it is not declarative.
 */
function payloadOf(
  { actions, ...content }: Content,
  reference: string,
  { name, credentials }: Account,
  options: Options,
): object {
  const { url, icon, badge, webhook_secret } = credentials;
  const page = compact({ navigate: url });
  const notification = {
    title: cutText(name, MOST_TITLE, 'utf16'),
    ...page,
    ...compact({ icon, badge }),
    ...content,
    ...compact({ actions: actions?.map((action) => ({ ...page, ...action })) }),
    dir: 'auto',
    tag: tagOf(reference),
    ...shownBy(options),
    data: { id: reference, token: tokenOf(reference, webhook_secret) },
  };
  return { ...(notification.navigate === undefined ? {} : { web_push: 8030 }), notification, mutable: true };
}

/** What of the options the browser is told, as it calls it. */
export function shownBy(options: Options) {
  const { url, require_interaction, icon, badge, image, tag, renotify, silent, dir, lang } = options;
  const shown = { icon, badge, image, tag, renotify, silent, dir, lang };
  return compact({ navigate: url, requireInteraction: require_interaction, ...shown });
}

/** A second try replaces the first, at the push service while that waits there, and on the screen. */
function headersOf(
  { reference, options = {} }: Outgoing,
  { endpoint }: Subscription,
  { credentials }: Account,
): Record<string, string> {
  const given: Options = options;
  const ttl = given.ttl ?? credentials.ttl_seconds ?? DAY_S;
  return {
    'content-type': 'application/octet-stream',
    'content-encoding': 'aes128gcm',
    ttl: String(ttl),
    urgency: given.urgency ?? credentials.urgency ?? 'high',
    topic: given.topic ?? tagOf(reference),
    ...headersFor(endpoint, ttl),
  };
}

/** The same for every attempt to send a message: 32 signs, the most that a topic may have (RFC 8030, 5.4). */
function tagOf(reference: string): string {
  return sha256Hex(withoutAttempt(reference)).slice(0, 32);
}
