import { loadChannel } from '@parley/core/channels/registry.ts';
import { ok } from '@parley/core/domain/problem.ts';
import { channelAccountRow } from '@parley/core/domain/account-rows.ts';
import { logoutAccount, pairAccount, testAccount } from '@parley/core/flows/accounts/actions.ts';
import { askConsent, finishConsent } from '@parley/core/flows/accounts/consent.ts';
import type { Granted } from '@parley/core/flows/accounts/consent.ts';
import { listConnectable } from '@parley/core/flows/accounts/connectable.ts';
import type { Action } from './action.ts';

/** What is done with channel accounts besides writing their rows. */
export const actions = {
  test_channel_account: (principal, body) => testAccount(loadChannel, principal, body),
  pair_channel_account: (principal, body) => pairAccount(loadChannel, principal, body),
  logout_channel_account: (principal, body) => logoutAccount(loadChannel, principal, body),
  connect_channel: (principal, body) => askConsent(loadChannel, principal, body),
  finish_connection: async (principal, body) => {
    const granted = await finishConsent(loadChannel, principal, body);
    return granted.ok ? ok(grantedRows(granted.value)) : granted;
  },
  list_connectable_channels: async () => ok(await listConnectable(loadChannel)),
} satisfies Record<string, Action>;

function grantedRows({ accounts, refused }: Granted): unknown {
  return {
    accounts: accounts.map((account) => channelAccountRow(account)),
    refused: refused.map(({ externalId, name, problem }) => ({
      external_id: externalId,
      name,
      code: problem.code,
      message: problem.message,
    })),
  };
}
