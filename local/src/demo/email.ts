import { newChannelAccountId } from '@parley/core/domain/id.ts';
import type { ChannelAccountId } from '@parley/core/domain/id.ts';
import { aliasOf } from '@parley/core/channels/email/ids.ts';
import { token } from './token.ts';

export interface DemoEmail {
  id: ChannelAccountId;
  name: string;
  /** the business's own address */
  external_id: string;
  channel: 'email';
  user: string;
  password: string;
  webhook_secret: string;
  /** where mail comes straight to Parley: answers do, and a mailbox may forward there */
  inbound_address: string;
}

/** The mail server of this machine, as the account's settings name it. */
export interface MailServer {
  /** `smtp://127.0.0.1:port` */
  url: string;
  ca: string;
}

export function email(name: string, domain: string): DemoEmail {
  const id = newChannelAccountId();
  const address = `support@${domain}`;
  return {
    id,
    channel: 'email',
    name,
    external_id: address,
    user: address,
    password: token(),
    webhook_secret: token(),
    inbound_address: `${aliasOf(id)}@in.parley.example`,
  };
}

export function emailCredentials(
  { user, password, webhook_secret, inbound_address }: DemoEmail,
  { ca }: MailServer,
): Record<string, string> {
  return { user, password, webhook_secret, inbound_address, ca };
}
