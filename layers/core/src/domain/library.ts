import type { ChannelName } from './channel.ts';
import type { MessageTemplateId, OrganizationId, QuickReplyId } from './id.ts';

/** What everything in the library has. Times in ms. `channels` null: for all of them. */
interface Kept {
  organizationId: OrganizationId;
  channels: ChannelName[] | null;
  createdAt: number;
  updatedAt: number;
}

/** A message of the organization's own, to be sent again and again. `content` is what a send says, field by field, with variables. */
export interface MessageTemplate extends Kept {
  id: MessageTemplateId;
  /** unique in its organization */
  name: string;
  content: Record<string, unknown>;
  /** what variables stand for where nothing else says it */
  defaults: Record<string, string>;
}

/** A canned answer, which an agent calls up by its shortcut. */
export interface QuickReply extends Kept {
  id: QuickReplyId;
  /** unique in its organization, as it is typed behind the slash */
  shortcut: string;
  title?: string;
  /** Markdown, with variables */
  message: string;
}
