import type { Contact } from './contact.ts';
import type { Conversation } from './conversation.ts';

/** A row as clients get it: snake_case, times in ISO 8601 UTC, every column always there. */
export type Row = Record<string, unknown>;

/** Gives a link to a stored file, good for a while. */
export type SignMedia = (key: string) => string;

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

/** A contact as `/rest/v1/contacts` has it. */
export function contactRow(contact: Contact): Row {
  const valueOf = (kind: string) => contact.identities.find((identity) => identity.kind === kind)?.value ?? null;
  return {
    id: contact.id,
    organization_id: contact.organizationId,
    name: contact.name ?? null,
    phone: valueOf('phone'),
    email: valueOf('email'),
    identities: contact.identities,
    merged_into: contact.mergedInto ?? null,
    created_at: iso(contact.createdAt),
    updated_at: iso(contact.updatedAt),
  };
}

/** How a client brings its file: a PUT of exactly these bytes with exactly these headers, while the link is good. */
export function uploadRow(ticket: {
  id: string;
  url: string;
  headers: Record<string, string>;
  size: number;
  expiresAt: number;
}): Row {
  const { id, url, headers, size, expiresAt } = ticket;
  return { upload_id: id, method: 'PUT', url, headers, size, expires_at: iso(expiresAt) };
}

/** A time (ms) as a row has it. */
export function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
