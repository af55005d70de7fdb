/** What clients are told when something changes, by the feed and by the socket. */

import type { BroadcastRow } from './broadcast-rows.ts';
import type { ChannelAccountRow, ConversationRow, MessageRow } from './rows.ts';

/** One step of the organization's change feed. */
export interface ChangeRow {
  seq: number;
  changes: {
    type: string;
    message_id?: string | null;
    conversation_id?: string | null;
    channel_account_id?: string | null;
    broadcast_id?: string | null;
  }[];
}

/** One thing that changed, with what it is now. */
export type LiveChange =
  | { type: 'message.created' | 'message.updated'; data: MessageRow }
  | { type: 'conversation.updated'; data: ConversationRow }
  | { type: 'channel_account.updated'; data: ChannelAccountRow }
  | { type: 'broadcast.updated'; data: BroadcastRow };

/** What the socket pushes: a step of the feed, or with `more` what of it was not too large. */
export interface LiveFrame {
  seq: number;
  changes: LiveChange[];
  more?: boolean;
}
