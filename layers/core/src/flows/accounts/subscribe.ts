import type { Channel } from '../../channels/contract.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { urlNameOf } from '../../domain/channel.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { setting } from '../../store/environment.ts';
import { statusOfNo, waitOf } from '../acts/refused-by-provider.ts';

/** Has the provider send this account's webhooks to us. */
export async function subscribe(channel: Channel, account: ConnectedAccount): Promise<Result<undefined>> {
  const path = `/functions/v1/${urlNameOf(account.channel)}-webhook/${account.id}`;
  const done = await channel.subscribe?.(account, `${setting('PUBLIC_URL')}${path}`);
  if (!done || done.ok) return ok(undefined);
  return refuse(
    statusOfNo(done.error),
    'subscribe_failed',
    `${channel.manifest.label} would not send its webhooks here: ${done.error.message}`,
    {
      details: done.error.code,
      ...waitOf(done.error),
    },
  );
}
