import { createHash } from 'node:crypto';
import { withoutAttempt } from '../../domain/reference.ts';

/**
 * The id by which VictoryLink knows a message: a GUID (UUIDv8, RFC 9562) made from the message, so that every attempt has the same and a
 * message that was taken after all can be recognised.
 */
export function smsIdOf(reference: string): string {
  const bytes = createHash('sha256').update(withoutAttempt(reference)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
