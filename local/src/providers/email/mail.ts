import MailComposer from 'nodemailer/lib/mail-composer';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { randomUUID } from 'node:crypto';

/** A mail as its bytes, and who gets it. */
export interface Letter {
  /** empty: nobody */
  from: string;
  to: string[];
  bytes: Buffer;
}

/** MIME as a mail program makes it. */
export function composed(options: SendMailOptions): Promise<Buffer> {
  return new MailComposer({ xMailer: false, disableFileAccess: true, disableUrlAccess: true, ...options })
    .compile()
    .build();
}

/** Hands a letter to a mail server of this machine. Rejects when it does not take it. */
export async function post(port: number, { from, to, bytes }: Letter): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from: from || false, to }, raw: bytes });
  } finally {
    transport.close();
  }
}

/** A report that a mail could not be delivered (RFC 3464), as a mail server writes it. */
export function bounceOf(about: {
  sender: string;
  recipient: string;
  status: string;
  words: string;
  envelopeId: string | undefined;
  original: Buffer;
}): Letter {
  const { sender, recipient, status, words, envelopeId, original } = about;
  const domain = recipient.slice(recipient.lastIndexOf('@') + 1);
  const boundary = `report-${randomUUID()}`;
  const [headers = ''] = original.toString('latin1').split(/\r?\n\r?\n/, 1);
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@mx.${domain}>`,
    `To: ${sender}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${randomUUID()}@mx.${domain}>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Your message could not be delivered.',
    '',
    `<${recipient}>: host mx.${domain} said: ${words}`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mx.${domain}`,
    ...(envelopeId === undefined ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${words}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    headers,
    '',
    `--${boundary}--`,
    '',
  ];
  return { from: '', to: [sender], bytes: Buffer.from(lines.join('\r\n'), 'latin1') };
}
