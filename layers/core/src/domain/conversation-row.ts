import type { Conversation } from './conversation.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';

/** A conversation as `/rest/v1/conversations` has it. */
export function conversationRow(conversation: Conversation): Row {
  return {
    id: conversation.id,
    organization_id: conversation.organizationId,
    contact_id: conversation.contactId,
    channel: conversation.channel,
    channel_account_id: conversation.channelAccountId,
    status: conversation.status,
    assignee_id: conversation.assigneeId ?? null,
    unread_count: conversation.unreadCount,
    last_message_at: iso(conversation.lastMessageAt),
    last_message_preview: conversation.lastMessagePreview,
    last_message_type: conversation.lastMessage?.type ?? null,
    last_message_direction: conversation.lastMessage?.direction ?? null,
    last_message_event: conversation.lastMessage?.event ?? null,
    last_inbound_at: iso(conversation.lastInboundAt),
    created_at: iso(conversation.createdAt),
    updated_at: iso(conversation.updatedAt),
  };
}
