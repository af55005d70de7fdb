import type { ChannelName } from './channel.ts';
import type { ContactId, ConversationId, MessageId, OrganizationId } from './id.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';

/** A short link, as it is kept: of one message, so of one recipient. Times in ms. */
export interface KeptLink {
  code: string;
  organizationId: OrganizationId;
  messageId: MessageId;
  /** as it was written */
  url: string;
  shortUrl: string;
  clicks: number;
  firstClickedAt?: number;
  lastClickedAt?: number;
  createdAt: number;
  expiresAt: number;
}

/** Whom the link went to. */
export interface LinkOwner {
  conversationId: ConversationId;
  contactId: ContactId;
  channel: ChannelName;
}

/** As clients get it. */
export function linkRow(link: KeptLink, { conversationId, contactId, channel }: LinkOwner): Row {
  return {
    id: link.code,
    organization_id: link.organizationId,
    message_id: link.messageId,
    conversation_id: conversationId,
    contact_id: contactId,
    channel,
    url: link.url,
    short_url: link.shortUrl,
    clicks: link.clicks,
    first_clicked_at: iso(link.firstClickedAt),
    last_clicked_at: iso(link.lastClickedAt),
    created_at: iso(link.createdAt),
    expires_at: iso(link.expiresAt),
  };
}
