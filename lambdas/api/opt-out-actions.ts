import { loadChannel } from '@parley/core/channels/registry.ts';
import { optOutRow } from '@parley/core/domain/opt-out-row.ts';
import { optIn, optOut } from '@parley/core/flows/opt-outs/opt-out.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';

/** Who must not be written to, as agents and other systems learn it. */
export const actions = {
  opt_out: async (principal, body) => mapped(await optOut(loadChannel, principal, body), optOutRow),
  opt_in: async (principal, body) =>
    mapped(await optIn(loadChannel, principal, body), (lifted) => lifted.map(optOutRow)),
} satisfies Record<string, Action>;
