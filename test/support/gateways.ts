import { ask, control, eventually, rows } from './cloud.ts';
import type { Account, Organization, Row, TestCloud } from './cloud.ts';
import { thread } from './phones.ts';
import type { Phone } from './phones.ts';
import { sendText, whenMessage } from './sends.ts';

/** The first account of a gateway of their own, and whose it is. */
export function gatewayOf(organizations: Organization[]): [Organization, Account] {
  for (const one of organizations) {
    const found = one.channel_accounts.find((each) => 'kind' in each && each.kind === 'gateway');
    if (found) return [one, found];
  }
  throw new Error('no gateway account');
}

/** What happens on the WhatsApp Lite account of an organization's own gateway. */
export function onGateway(cloud: TestCloud, organization: Organization) {
  const account = organization.channel_accounts.find(
    (one): one is Account & { channel: 'whatsapp_lite' } => one.channel === 'whatsapp_lite' && one.kind === 'gateway',
  );
  if (!account) throw new Error('no account of a gateway');
  return {
    account,
    /** The customer does something on the gateway's thread; gives the provider's id of what was written. */
    async writes(phone: Phone, act: object, webhook: number | null = 200): Promise<string> {
      const path = `whatsapp_lite/phones/${phone.id}/messages`;
      const written = (await control(cloud, path, 'POST', { account: account.external_id, ...act })) as {
        id: string;
        webhook_status: number | null;
      };
      if (written.webhook_status !== webhook)
        throw new Error(`the webhook was answered ${String(written.webhook_status)}`);
      return written.id;
    },
    received(text: string): Promise<Row> {
      return eventually(`'${text}' has come`, async () => {
        const all = await rows(cloud, organization, 'messages?channel=eq.whatsapp_lite&direction=eq.INBOUND&limit=200');
        return all.find((row) => row['message'] === text);
      });
    },
    sends(to: string, message: string): Promise<Row> {
      return sendText(cloud, organization, {
        channel: 'whatsapp_lite',
        to,
        message,
        channel_account_id: account.id,
      });
    },
    async answer({ conversation_id }: Row, message: string, status = 'DELIVERED'): Promise<Row> {
      const answered = await ask(cloud, organization, '/functions/v1/whatsapp-lite-send', { conversation_id, message });
      if (answered.status !== 200) throw new Error(JSON.stringify(answered.body));
      return whenMessage(cloud, organization, answered.body['message'] as Row, status);
    },
    shown(phone: Phone) {
      return thread(cloud, account, phone);
    },
  };
}
