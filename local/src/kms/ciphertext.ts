import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Pairs bound to a ciphertext; the same pairs, in any order, must be given to decrypt. */
export type EncryptionContext = Record<string, string>;

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals plaintext with AES-256-GCM. Layout: version, key id length, key id, nonce, tag, ciphertext. */
export function seal(keyId: string, material: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer {
  const header = Buffer.concat([Buffer.from([VERSION, Buffer.byteLength(keyId)]), Buffer.from(keyId)]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', material, nonce);
  cipher.setAAD(authenticatedData(header, context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), sealed]);
}

/** The id of the key a blob was sealed with, if it is a blob of ours at all. */
export function sealingKeyId(blob: Buffer): string | undefined {
  const header = headerOf(blob);
  return header === undefined ? undefined : header.subarray(2).toString();
}

/** The plaintext, or undefined when blob, key and context don't belong together. */
export function unseal(material: Buffer, blob: Buffer, context: EncryptionContext): Buffer | undefined {
  const header = headerOf(blob);
  if (header === undefined) return undefined;
  const body = blob.subarray(header.length);
  const decipher = createDecipheriv('aes-256-gcm', material, body.subarray(0, NONCE_BYTES));
  decipher.setAAD(authenticatedData(header, context));
  decipher.setAuthTag(body.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function headerOf(blob: Buffer): Buffer | undefined {
  const length = 2 + (blob[1] ?? 0);
  const whole = blob[0] === VERSION && blob.length >= length + NONCE_BYTES + TAG_BYTES;
  return whole ? blob.subarray(0, length) : undefined;
}

// JSON of sorted pairs is unambiguous: no two different contexts have the same text.
function authenticatedData(header: Buffer, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs))]);
}
