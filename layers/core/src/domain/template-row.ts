import type { OwnedTemplate } from './provider-template.ts';
import { iso } from './rows.ts';
import type { Row } from './rows.ts';

/** A template as clients get it: `id` names it in its organization, because providers give ids of their own or none. */
export function templateRow(template: OwnedTemplate): Row {
  const { channelAccountId, name, language } = template;
  return {
    id: `${channelAccountId}#${name}#${language}`,
    organization_id: template.organizationId,
    channel_account_id: channelAccountId,
    name,
    language,
    status: template.status,
    category: template.category ?? null,
    quality: template.quality ?? null,
    reason: template.reason ?? null,
    header: template.header ?? null,
    body: template.body ?? null,
    footer: template.footer ?? null,
    buttons: template.buttons ?? [],
    updated_at: iso(template.updatedAt),
  };
}
