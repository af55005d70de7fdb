import type { ChannelName } from './channel.ts';
import type { ContactId, ConversationId } from './id.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';
import type { KeptLink } from './short-links.ts';

/** Whom the link went to. */
export interface LinkOwner {
  conversationId: ConversationId;
  contactId: ContactId;
  channel: ChannelName;
}

/** A short link as `/rest/v1/links` has it. */
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
