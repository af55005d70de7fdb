import { createCipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import type { Subscription } from './address.ts';

/** What makes one encryption different from the next. */
export interface Salted {
  /** a key pair of this message alone */
  sender: ECDH;
  /** 16 bytes */
  salt: Uint8Array;
}

/** Every push service takes 4096 bytes (RFC 8030, 7.2); header, delimiter and tag take 103 of them. */
export const MOST_PLAINTEXT_BYTES = 4096 - 103;

/** One record of the content coding aes128gcm (RFC 8188) under the keys of RFC 8291. Throws when `p256dh` is no point of P-256. */
export function encrypt(
  plaintext: Uint8Array,
  { p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>,
  { sender, salt }: Salted = fresh(),
): Buffer<ArrayBuffer> {
  const receiver = Buffer.from(p256dh, 'base64url');
  const own = sender.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiver, own]);
  const key = derive(sender.computeSecret(receiver), Buffer.from(auth, 'base64url'), info, 32);
  const cipher = createCipheriv(
    'aes-128-gcm',
    derive(key, salt, 'Content-Encoding: aes128gcm\0', 16),
    derive(key, salt, 'Content-Encoding: nonce\0', 12),
  );
  const record = [cipher.update(plaintext), cipher.update(LAST_RECORD), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([salt, RECORD_SIZE, Buffer.from([own.length]), own, ...record]);
}

const LAST_RECORD = Buffer.from([2]);
const RECORD_SIZE = Buffer.from([0, 0, 0x10, 0]);

function fresh(): Salted {
  const sender = createECDH('prime256v1');
  sender.generateKeys();
  return { sender, salt: randomBytes(16) };
}

function derive(key: Uint8Array, salt: Uint8Array, info: string | Uint8Array, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, bytes));
}
