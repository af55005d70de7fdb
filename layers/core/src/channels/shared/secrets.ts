import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Constant time whatever the lengths: the digests are compared. An empty secret equals nothing. */
export function sameSecret(given: string | undefined, secret: string | undefined): boolean {
  if (!given || !secret) return false;
  return timingSafeEqual(digest(given), digest(secret));
}

/** HMAC of the bytes in lower-case hex. */
export function hmacHex(algorithm: 'sha256' | 'sha512', key: string, bytes: Uint8Array): string {
  return createHmac(algorithm, key).update(bytes).digest('hex');
}

/** Whether `signature` (hex) is the HMAC of the bytes. An empty key signs nothing. */
export function signedWith(
  algorithm: 'sha256' | 'sha512',
  key: string | undefined,
  bytes: Uint8Array,
  signature: string | undefined,
): boolean {
  return key ? sameSecret(signature, hmacHex(algorithm, key, bytes)) : false;
}

/** Hex SHA-256, under which a secret may be looked up without being stored. */
export function sha256Hex(text: string): string {
  return digest(text).toString('hex');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
