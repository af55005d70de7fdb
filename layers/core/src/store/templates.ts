import type { ChannelAccount } from '../domain/channel-account.ts';
import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import type { OwnedTemplate, ProviderTemplate } from '../domain/provider-template.ts';
import { forgetAccount } from './channel-accounts.ts';
import { ABSENT } from './expressions.ts';
import { accountKey } from './keys/accounts.ts';
import type { Key } from './keys/key.ts';
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

/**
 * Joins what a webhook said of a template into what is known of it. Of one that nothing was known of, or that has changed by more than the webhook
 * says (`stale`), the rest is read with the account's next check.
 */
export async function saveTemplateNews(account: Owner, news: TemplateNews, stale = false): Promise<void> {
  const key = keyOf(account, news);
  const fresh: ProviderTemplate = { status: 'PENDING', ...news };
  const created = await putItem(key, { template: fresh, upd: Date.now() }, ABSENT);
  const isKnown = !created.ok && (await join(key, news));
  if (!isKnown || stale) await readAgain(account);
}

type TemplateNews = Partial<ProviderTemplate> & Pick<ProviderTemplate, 'name' | 'language'>;

/** Each member by itself: several webhooks about a template may come at once. Why it was refused or paused holds for as long as it is. */
async function join(key: Key, news: TemplateNews): Promise<boolean> {
  const isOver = news.status !== undefined && news.reason === undefined;
  const members = Object.keys(news).map((name) => `#template.#${name} = :${name}`);
  const written = await updateItem(key, {
    set: { upd: Date.now() },
    also: members.join(', '),
    remove: isOver ? ['template.#reason'] : [],
    when: 'attribute_exists(#pk)',
    values: { ...news },
  });
  return written.ok;
}

async function readAgain({ organizationId, id }: Owner): Promise<void> {
  await updateItem(accountKey(organizationId, id), { remove: ['templatesRead'], when: 'attribute_exists(#pk)' });
  forgetAccount(organizationId, id);
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
