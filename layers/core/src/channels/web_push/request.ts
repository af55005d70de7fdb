import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { sha256Hex } from '../shared/secrets.ts';
import type { Subscription } from './address.ts';
import { contentOf, type Content } from './content.ts';
import type { Credentials } from './credentials.ts';
import { encrypt, MOST_PLAINTEXT_BYTES } from './encrypt.ts';
import { tokenOf } from './token.ts';
import { authorization } from './vapid.ts';

export interface PushRequest {
  url: string;
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
}

type Account = ConnectedAccount<Credentials>;

const DAY_S = 24 * 3600;

/** Undefined when the body is none that a notification shows, or does not fit into a push. Throws when the subscription's key is no key. */
export function requestOf(outgoing: Outgoing, to: Subscription, account: Account): PushRequest | undefined {
  const content = contentOf(outgoing.body);
  const payload = content && Buffer.from(JSON.stringify(payloadOf(content, outgoing.reference, account)));
  if (!payload || payload.length > MOST_PLAINTEXT_BYTES) return undefined;
  return { url: to.endpoint, headers: headersOf(outgoing, to, account), body: encrypt(payload, to) };
}

/**
 * In the shape of declarative web push: a browser that knows it shows the notification even when the site's worker is gone, every other hands the
 * same JSON to the worker. It has to name a page for each tap, or it is not declarative.
 */
function payloadOf({ actions, ...content }: Content, reference: string, { name, credentials }: Account): object {
  const { url, icon, badge, webhook_secret } = credentials;
  const page = compact({ navigate: url });
  const notification = {
    title: name.slice(0, 40),
    ...page,
    ...content,
    ...compact({ icon, badge, actions: actions?.map((action) => ({ ...page, ...action })) }),
    dir: 'auto',
    tag: tagOf(reference),
    data: { id: reference, token: tokenOf(reference, webhook_secret) },
  };
  return { ...(notification.navigate === undefined ? {} : { web_push: 8030 }), notification, mutable: true };
}

/** A second try replaces the first, at the push service while that waits there, and on the screen. */
function headersOf({ reference }: Outgoing, { endpoint }: Subscription, { credentials }: Account) {
  return {
    'content-type': 'application/octet-stream',
    'content-encoding': 'aes128gcm',
    ttl: String(credentials.ttl_seconds ?? DAY_S),
    urgency: credentials.urgency ?? 'high',
    topic: tagOf(reference),
    authorization: authorization(endpoint, credentials),
  };
}

/** The same for every attempt to send a message: 32 signs, the most that a topic may have (RFC 8030, 5.4). */
function tagOf(reference: string): string {
  return sha256Hex(reference.replace(/\.\d+$/, '')).slice(0, 32);
}
