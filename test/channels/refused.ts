import assert from 'node:assert/strict';
import type { Receipt } from '@parley/core/channels/contract.ts';

/** What a provider's code comes to: [code, class, retryable, permanent]. */
export type RefusalCase = readonly [code: number, kind: string, retryable: boolean, permanent: boolean];

/** The receipt says what it has to of that code, in words of our own. */
export function assertRefused(receipt: Receipt, [code, kind, retryable, permanent]: RefusalCase): void {
  assert.equal(receipt.outcome, 'refused');
  const { error } = receipt;
  assert.deepEqual(
    [error.class, receipt.retryable, error.permanent, error.providerCode],
    [kind, retryable, permanent, String(code)],
  );
  assert.match(error.message, /^[A-Z].+\.$/);
}
