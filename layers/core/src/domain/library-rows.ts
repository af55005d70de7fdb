import { variablesOf } from './body-variables.ts';
import type { MessageTemplate, QuickReply } from './library.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';
import { variablesIn } from './variables.ts';

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

function timesOf({ createdAt, updatedAt }: Pick<QuickReply, 'createdAt' | 'updatedAt'>): Row {
  return { created_at: iso(createdAt), updated_at: iso(updatedAt) };
}
