import assert from 'node:assert/strict';
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import { accountOf, control, eventually, rows } from './cloud.ts';
import type { Account, Organization, Reachable, Row } from './cloud.ts';
import { thread } from './phones.ts';
import type { Phone } from './phones.ts';

export type EmailAccount = Extract<Account, { channel: 'email' }>;

/** A mail in a customer's mailbox. */
export interface MailboxMail {
  id: string;
  from: 'customer' | 'business';
  text: string;
  mail: {
    subject: string;
    html: boolean;
    attachments: { filename: string; mime: string; size: number; url: string }[];
    headers: Record<string, string>;
  };
}

/** The `email` column of a message. */
export interface EmailColumn {
  subject: string;
  quoted: string | null;
  html: FileColumn | null;
  original: FileColumn | null;
  attachments: (FileColumn & { content_id: string | null })[];
  cc: string[];
  automatic: boolean;
  suspect: string | null;
}

interface FileColumn {
  filename: string;
  mime: string;
  size: number;
  url: string;
  thumbnail_url: string | null;
  width: number | null;
  height: number | null;
  status: string;
}

export function emailOf(row: Row): EmailColumn {
  return row['email'] as EmailColumn;
}

/** The customer writes: `text` or a `body`, and, if need be, `subject`, `reply_to` and `via`. Gives back its Message-ID. */
export async function writeMail(cloud: Reachable, account: EmailAccount, phone: Phone, what: object): Promise<string> {
  const path = `email/phones/${phone.id}/messages`;
  const written = (await control(cloud, path, 'POST', { account: account.external_id, ...what })) as {
    id: string;
    webhook_status: number | null;
  };
  assert.ok(written.webhook_status === 200 || 'via' in what, `the webhook was answered ${written.webhook_status}`);
  return written.id;
}

export async function mailbox(cloud: Reachable, account: EmailAccount, phone: Phone): Promise<MailboxMail[]> {
  return (await thread(cloud, account, phone)) as unknown as MailboxMail[];
}

/** The message that a mail became. */
export function messageOf(cloud: Reachable, organization: Organization, messageId: string): Promise<Row> {
  return eventually(`the message ${messageId}`, async () => (await messagesOf(cloud, organization, messageId))[0]);
}

export function messagesOf(cloud: Reachable, organization: Organization, messageId: string): Promise<Row[]> {
  return rows(cloud, organization, `messages?provider_message_id=eq.${encodeURIComponent(messageId)}`);
}

/** Through the servers that stand for Amazon SES. */
export async function mailIn({ access }: Reachable, mail: SendMailOptions): Promise<void> {
  const port = Number(new URL(access.mail.inbound).port);
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  try {
    await transport.sendMail(mail);
  } finally {
    transport.close();
  }
}

/** A mail of words that comes to an account, once it is a message. */
export async function mailFrom(
  cloud: Reachable,
  organization: Organization,
  { from, id, subject = 'Hello', headers = [] }: { from: string; id: string; subject?: string; headers?: string[] },
): Promise<Row> {
  const to = accountOf(organization, 'email').external_id;
  const raw = plainMail({ from, to, subject, id, text: `Words of ${id}`, headers });
  await mailIn(cloud, { envelope: { from, to }, raw });
  return messageOf(cloud, organization, id);
}

export interface PlainMail {
  from: string;
  to: string;
  subject: string;
  id: string;
  text: string;
  headers?: string[];
}

/** A mail of words alone. */
export function plainMail({ from, to, subject, id, text, headers = [] }: PlainMail): string {
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    ...headers,
    'MIME-Version: 1.0',
  ];
  return [...head, 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n');
}
