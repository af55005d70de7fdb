import { loadChannel } from '@parley/core/channels/registry.ts';
import { deleteMessage, editMessage } from '@parley/core/flows/acts/revise.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';
import { rowOf } from './message-rows.ts';

/** What becomes of a message that the customer has; each answers with the message's row. */
export const actions = {
  edit_message: async (principal, body) => mapped(await editMessage(loadChannel, principal, body), rowOf),
  delete_message: async (principal, body) => mapped(await deleteMessage(loadChannel, principal, body), rowOf),
} satisfies Record<string, Action>;
