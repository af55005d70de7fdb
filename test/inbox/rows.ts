import type { ConversationRow, MessageRow } from '../../inbox/src/api/rows.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');

/** A time so many seconds after a fixed noon, as rows carry it. */
export function at(seconds: number): string {
  return new Date(noon + seconds * 1000).toISOString();
}

export function messageRow(id: string, seconds: number, over: Partial<MessageRow> = {}): MessageRow {
  return {
    id,
    conversation_id: 'conv_1',
    contact_id: 'con_1',
    channel: 'telegram',
    channel_account_id: 'acc_1',
    direction: 'INBOUND',
    type: 'text',
    message: id,
    entities: null,
    media: null,
    interactive: null,
    template: null,
    location: null,
    contacts: null,
    reaction: null,
    status: 'DELIVERED',
    attempt: 1,
    status_history: [],
    error: null,
    provider_message_id: null,
    client_ref: null,
    reply_to_id: null,
    created_at: at(seconds),
    updated_at: at(seconds),
    ...over,
  };
}

export function conversationRow(id: string, seconds: number, over: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id,
    contact_id: `con_of_${id}`,
    channel: 'telegram',
    channel_account_id: 'acc_1',
    status: 'OPEN',
    unread_count: 0,
    last_message_at: at(seconds),
    last_message_preview: 'hi',
    created_at: at(0),
    updated_at: at(seconds),
    ...over,
  };
}
