import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto';

/** A browser's side of a subscription; base64url. */
export interface ReceiverKeys {
  private_key: string;
  p256dh: string;
  auth: string;
}

const HEADER_BYTES = 21;
const TAG_BYTES = 16;
const LAST_RECORD = 2;

/** What a push says (RFC 8291 over RFC 8188, one record), or undefined when a browser would drop it without a word. */
export function decrypt(body: Buffer, keys: ReceiverKeys): Buffer | undefined {
  try {
    return unpadded(open(body, keys));
  } catch {
    return undefined;
  }
}

function open(body: Buffer, { private_key, p256dh, auth }: ReceiverKeys): Buffer {
  const salt = body.subarray(0, 16);
  const recordBytes = body.readUInt32BE(16);
  const sender = body.subarray(HEADER_BYTES, HEADER_BYTES + body.readUInt8(20));
  const record = body.subarray(HEADER_BYTES + sender.length);
  if (record.length > recordBytes) throw new RangeError('more than one record');
  const own = createECDH('prime256v1');
  own.setPrivateKey(Buffer.from(private_key, 'base64url'));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.from(p256dh, 'base64url'), sender]);
  const key = derive(own.computeSecret(sender), Buffer.from(auth, 'base64url'), info, 32);
  const decipher = createDecipheriv(
    'aes-128-gcm',
    derive(key, salt, 'Content-Encoding: aes128gcm\0', 16),
    derive(key, salt, 'Content-Encoding: nonce\0', 12),
  );
  decipher.setAuthTag(record.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(record.subarray(0, -TAG_BYTES)), decipher.final()]);
}

/** The text ends with a mark, and any number of zeros after it. */
function unpadded(record: Buffer): Buffer | undefined {
  const end = record.findLastIndex((byte) => byte !== 0);
  return record[end] === LAST_RECORD ? record.subarray(0, end) : undefined;
}

function derive(key: Uint8Array, salt: Uint8Array, info: string | Uint8Array, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, bytes));
}
