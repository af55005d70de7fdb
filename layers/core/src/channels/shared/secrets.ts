import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Constant time whatever the lengths: the digests are compared. An empty secret equals nothing. */
export function sameSecret(given: string | undefined, secret: string | undefined): boolean {
  if (!given || !secret) return false;
  return timingSafeEqual(digest(given), digest(secret));
}

/** HMAC in lower-case hex, of bytes or of a text as UTF-8. */
export function hmacHex(algorithm: 'sha256' | 'sha512', key: string, content: Uint8Array | string): string {
  return createHmac(algorithm, key).update(content).digest('hex');
}

/** Whether `signature` (hex) is the HMAC of the content. An empty key signs nothing. */
export function signedWith(
  algorithm: 'sha256' | 'sha512',
  key: string | undefined,
  content: Uint8Array | string,
  signature: string | undefined,
): boolean {
  return key ? sameSecret(signature, hmacHex(algorithm, key, content)) : false;
}

/** Hex SHA-256, under which a secret may be looked up without being stored. */
export function sha256Hex(text: string): string {
  return hash('sha256', text);
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
