import type { TableName } from '@parley/core/edge/tables.ts';
import { accountOf, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { signIn } from '../support/people.ts';
import { fillTables } from '../support/tables.ts';
import { cloudInbound, liteInbound, post, telegramInbound } from '../support/webhooks.ts';

/* Two organizations that know the same customer, with a row of each in every table: what is asked is asked for Gulf, and of Nile. */

export const cloud = await testCloud();
export const [nile, gulf] = cloud.access.organizations as [Organization, Organization];
/** the customer whom both know */
export const from = '201551500001';

// The same customer writes to both; only the keys tell them apart.
for (const organization of [nile, gulf]) {
  await post(cloudInbound(accountOf(organization, 'whatsapp_cloud'), from, `To ${organization.id}`));
  await post(telegramInbound(accountOf(organization, 'telegram'), 751500001, `To ${organization.id}`));
  await post(liteInbound(accountOf(organization, 'whatsapp_lite'), `+${from}`, `To ${organization.id}`));
}
await cloud.drain();
for (const organization of [nile, gulf]) await fillTables(cloud, organization, `+${from}`);
export const session = await signIn(cloud, gulf);
export const [message] = await rows(cloud, nile, 'messages?channel=whatsapp_lite');
export const [own] = await rows(cloud, gulf, 'conversations?channel=whatsapp_lite');
export const account = accountOf(nile, 'whatsapp_lite');
export const [kept] = await rows(cloud, nile, 'message_templates');
export const [reply] = await rows(cloud, nile, 'quick_replies');
const [optOut] = await rows(cloud, nile, 'opt_outs');
export const [series] = await rows(cloud, nile, 'series');
const [link] = await rows(cloud, nile, 'links');
export const [broadcast] = await rows(cloud, nile, 'broadcasts');

/** Everything that names something of the other organization. What a channel can do is nobody's. */
export const foreign: Record<Exclude<TableName, 'channels'>, string[]> = {
  messages: [
    `id=eq.${message?.id}`,
    `id=in.(${message?.id})`,
    `conversation_id=eq.${String(message?.['conversation_id'])}`,
    `conversation_id=${String(message?.['conversation_id'])}`,
    `contact_id=eq.${String(message?.['contact_id'])}`,
    `contact_id=in.(${String(message?.['contact_id'])})`,
    `channel_account_id=eq.${account.id}`,
    `organization_id=eq.${nile.id}`,
    `or=(id.eq.${message?.id},organization_id.eq.${nile.id})`,
    `provider_message_id=eq.${String(message?.['provider_message_id'])}`,
  ],
  scheduled_messages: [`organization_id=eq.${nile.id}`, `channel=eq.telegram&organization_id=eq.${nile.id}`],
  series: [`id=eq.${series?.id}`, `channel=eq.telegram&organization_id=eq.${nile.id}`],
  conversations: [
    `id=eq.${String(message?.['conversation_id'])}`,
    `contact_id=eq.${String(message?.['contact_id'])}`,
    `organization_id=eq.${nile.id}`,
  ],
  contacts: [`id=eq.${String(message?.['contact_id'])}`, `organization_id=eq.${nile.id}`],
  templates: [`channel_account_id=eq.${accountOf(nile, 'whatsapp_cloud').id}`, `organization_id=eq.${nile.id}`],
  message_templates: [
    `id=eq.${kept?.id}`,
    `organization_id=eq.${nile.id}`,
    `name=eq.welcome&organization_id=eq.${nile.id}`,
  ],
  quick_replies: [
    `id=eq.${reply?.id}`,
    `organization_id=eq.${nile.id}`,
    `shortcut=eq.hi&organization_id=eq.${nile.id}`,
  ],
  opt_outs: [`id=eq.${encodeURIComponent(optOut?.id ?? '')}`, `organization_id=eq.${nile.id}`],
  links: [`id=eq.${link?.id}`, `message_id=eq.${String(link?.['message_id'])}`, `organization_id=eq.${nile.id}`],
  organization_settings: [`organization_id=eq.${nile.id}`],
  broadcasts: [`id=eq.${broadcast?.id}`, `organization_id=eq.${nile.id}`],
  channel_accounts: [`id=eq.${account.id}`, `organization_id=eq.${nile.id}`],
  channel_account_health: [`channel_account_id=eq.${account.id}`, `organization_id=eq.${nile.id}`],
};

/** Every way in which one of the two may say who asks. */
export const credentials: Record<string, Record<string, string>> = {
  'X-API-Key': { 'X-API-Key': gulf.api_key },
  apikey: { apikey: gulf.api_key },
  'Authorization with a key': { Authorization: `Bearer ${gulf.api_key}` },
  'a session': { Authorization: `Bearer ${session.access_token}` },
  'a session beside the key of the other organization': {
    Authorization: `Bearer ${session.access_token}`,
    apikey: nile.api_key,
  },
};
