import { loadChannel } from '@parley/core/channels/registry.ts';
import { messageRow } from '@parley/core/domain/message-row.ts';
import { deleteMessage, editMessage } from '@parley/core/flows/acts/revise.ts';
import { signMedia } from '@parley/core/store/media-bucket.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';

/** What becomes of a message that the customer has; each answers with the message's row. */
export const actions = {
  edit_message: async (principal, body) =>
    mapped(await editMessage(loadChannel, principal, body), (message) => messageRow(message, signMedia)),
  delete_message: async (principal, body) =>
    mapped(await deleteMessage(loadChannel, principal, body), (message) => messageRow(message, signMedia)),
} satisfies Record<string, Action>;
