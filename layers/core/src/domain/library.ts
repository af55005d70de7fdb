import type { ChannelName } from './channel.ts';
import type { MessageTemplateId, OrganizationId, QuickReplyId } from './id.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';
import { variablesIn } from './variables.ts';
import { variablesOf } from './body-variables.ts';

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

/** A template as `/rest/v1/message_templates` has it, with the names of its variables. */
export function messageTemplateRow(template: MessageTemplate): Row {
  const { id, organizationId, name, channels, content, defaults } = template;
  return {
    id,
    organization_id: organizationId,
    name,
    channels,
    content,
    defaults,
    variables: variablesOf(content),
    ...timesOf(template),
  };
}

/** A quick reply as `/rest/v1/quick_replies` has it, with the names of its variables. */
export function quickReplyRow(reply: QuickReply): Row {
  const { id, organizationId, shortcut, title, message, channels } = reply;
  return {
    id,
    organization_id: organizationId,
    shortcut,
    title: title ?? null,
    message,
    channels,
    variables: variablesIn(message),
    ...timesOf(reply),
  };
}

function timesOf({ createdAt, updatedAt }: Kept): Row {
  return { created_at: iso(createdAt), updated_at: iso(updatedAt) };
}
