import { createHmac } from 'node:crypto';

/** What a push carries so that its receipts are known to come from who got it: 128 bits of an HMAC of our reference. */
export function tokenOf(reference: string, secret: string): string {
  return createHmac('sha256', secret).update(reference).digest().subarray(0, 16).toString('base64url');
}
