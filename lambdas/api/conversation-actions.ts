import { loadChannel } from '@parley/core/channels/registry.ts';
import { conversationRow } from '@parley/core/domain/conversation-row.ts';
import { markRead } from '@parley/core/flows/acts/mark-read.ts';
import { showTyping } from '@parley/core/flows/acts/show-typing.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';

/** What an agent does in a conversation without writing. */
export const actions = {
  mark_read: async (principal, body) => mapped(await markRead(loadChannel, principal, body), conversationRow),
  typing: (principal, body) => showTyping(loadChannel, principal, body),
} satisfies Record<string, Action>;
