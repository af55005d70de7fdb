import type { Context } from 'aws-lambda';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { log } from '@parley/core/edge/log.ts';
import { checkAccounts } from '@parley/core/flows/accounts/check.ts';

/** A probe that has begun may take so long. */
const RESERVE_MS = 45_000;

/** Called by EventBridge Scheduler every few minutes: how do all accounts do? */
export async function handler(_: unknown, context: Context): Promise<void> {
  const deadline = Date.now() + context.getRemainingTimeInMillis() - RESERVE_MS;
  const { accounts, left, failures } = await checkAccounts(loadChannel, deadline);
  for (const { account, error } of failures) log.error('account could not be checked', { account, error });
  if (left > 0) log.warn('some accounts were not come to', { accounts, left });
}
