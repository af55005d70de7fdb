import { accountOf, ask } from './cloud.ts';
import type { Organization, TestCloud } from './cloud.ts';
import { invoke } from './functions.ts';

const HOUR_MS = 3_600_000;

/** Gives an organization a row in every table that messages alone do not fill. `phone` has written on WhatsApp Lite. */
export async function fillTables(cloud: TestCloud, organization: Organization, phone: string): Promise<void> {
  const later = new Date(Date.now() + HOUR_MS).toISOString();
  const make = (path: string, body: object) => ask(cloud, organization, path, body);
  const channel_account_id = accountOf(organization, 'whatsapp_cloud').id;
  await make('/rest/v1/rpc/sync_templates', { channel_account_id });
  await make('/rest/v1/message_templates', { name: 'welcome', content: { message: `Welcome to ${organization.id}` } });
  await make('/rest/v1/quick_replies', { shortcut: 'hi', message: `Hi from ${organization.id}` });
  await make('/rest/v1/rpc/opt_out', { to: '+201551500009', channel: 'sms' });
  const to = '751500009';
  await make('/functions/v1/telegram-send', { to, message: 'Later', scheduled_at: later });
  const again = { message: 'Again and again', recurrence: 'FREQ=DAILY', timezone: 'Africa/Cairo' };
  await make('/functions/v1/telegram-send', { to, ...again });
  const link = `https://shop.example/${'long/'.repeat(20)}${organization.id}`;
  await make('/functions/v1/whatsapp-lite-send', {
    to: phone,
    message: link,
    shorten_links: true,
    scheduled_at: later,
  });
  await make('/rest/v1/broadcasts', {
    channel: 'telegram',
    content: { message: `From ${organization.id}` },
    audience: { kind: 'filter', filter: '' },
  });
  await cloud.drain();
  await invoke(cloud, 'AccountHealth', {});
}
