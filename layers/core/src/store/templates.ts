import type { ChannelAccount } from '../domain/channel-account.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import type { ProviderTemplate } from '../domain/provider-template.ts';
import type { OwnedTemplate } from '../domain/template-row.ts';
import { forgetAccount } from './channel-accounts.ts';
import { accountKey } from './keys/accounts.ts';
import { templateKey, templatePartition } from './keys/organization.ts';
import { deleteItem, getItem, putItem, queryAll, updateItem } from './table.ts';

type Owner = Pick<ChannelAccount, 'organizationId' | 'id'>;

/** Makes the account's templates those that the provider has now, and notes when that was. */
export async function replaceTemplates(account: Owner, templates: ProviderTemplate[], now: number): Promise<void> {
  const gone = new Map<string, ProviderTemplate>();
  for await (const known of listTemplates(account.organizationId, account.id)) gone.set(nameOf(known), known);
  for (const template of templates) {
    gone.delete(nameOf(template));
    await putItem(keyOf(account, template), { template, upd: now });
  }
  for (const template of gone.values()) await deleteItem(keyOf(account, template));
  const { organizationId, id } = account;
  await updateItem(accountKey(organizationId, id), { set: { templatesRead: now }, when: 'attribute_exists(#pk)' });
  forgetAccount(organizationId, id);
}

/** Joins what a webhook said of a template into what is known of it. */
export async function saveTemplateNews(
  account: Owner,
  news: Partial<ProviderTemplate> & Pick<ProviderTemplate, 'name' | 'language'>,
): Promise<void> {
  const key = keyOf(account, news);
  const fresh: ProviderTemplate = { status: 'PENDING', ...news };
  const created = await putItem(key, { template: fresh, upd: Date.now() }, { when: 'attribute_not_exists(#pk)' });
  if (created.ok) return;
  const known = created.current?.['template'] as ProviderTemplate;
  await updateItem(key, { set: { template: { ...known, ...news }, upd: Date.now() } });
}

/** What is known of one template. */
export async function findTemplate(
  account: Owner,
  named: Pick<ProviderTemplate, 'name' | 'language'>,
): Promise<ProviderTemplate | undefined> {
  return (await getItem(keyOf(account, named)))?.['template'] as ProviderTemplate | undefined;
}

export async function* listTemplates(
  organization: OrganizationId,
  account?: ChannelAccountId,
): AsyncGenerator<OwnedTemplate> {
  const partition = templatePartition(organization);
  for await (const item of queryAll({ partition, ...(account === undefined ? {} : { prefix: `${account}#` }) })) {
    const [channelAccountId] = String(item['sk']).split('#');
    yield {
      ...(item['template'] as ProviderTemplate),
      organizationId: organization,
      channelAccountId: channelAccountId as ChannelAccountId,
      updatedAt: Number(item['upd']),
    };
  }
}

function keyOf({ organizationId, id }: Owner, template: Pick<ProviderTemplate, 'name' | 'language'>) {
  return templateKey(organizationId, id, nameOf(template));
}

function nameOf({ name, language }: Pick<ProviderTemplate, 'name' | 'language'>): string {
  return `${name}#${language}`;
}
