import type { SendMailOptions } from 'nodemailer';
import type { Body, Email, Media } from '../../domain/body.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { parseMessageId } from '../../domain/id.ts';
import { parseReference } from '../../domain/reference.ts';
import { plainOf } from '../../domain/rich-text/plain.ts';
import type { FileBytes, Outgoing } from '../contract.ts';
import { nameOf } from '../shared/file.ts';
import { compact } from '../shared/read.ts';
import { addressOf, partsOf } from './address.ts';
import { capabilities } from './capabilities.ts';
import type { Credentials } from './credentials.ts';
import { htmlOf } from './html-of.ts';
import { messageIdOf, replyAddressOf } from './ids.ts';
import { returnPathOf } from './return-path.ts';
import { unsubscribeUrl } from './unsubscribe.ts';

/** A mail ready to go, or why it can't. */
export type Request =
  | { ok: true; mail: SendMailOptions; to: string; messageId: string }
  | { ok: false; why: 'not_sendable' }
  | { ok: false; why: 'file'; permanent: boolean; reason: string };

/** A text or a file is a mail too. */
export async function requestOf(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Request> {
  const to = outgoing.to.identities.find(({ kind }) => kind === 'email')?.value;
  const from = addressOf(account.credentials.from ?? account.externalId);
  const email = emailOf(outgoing.body, account.name);
  if (to === undefined || from === undefined || !email) return { ok: false, why: 'not_sendable' };
  const files = await read(outgoing, email);
  if (!files.ok) return files;
  const messageId = messageIdOf(outgoing.reference, account.credentials.webhook_secret, partsOf(from).domain);
  const mail: SendMailOptions = {
    from: { name: account.credentials.from_name ?? account.name, address: from },
    to: { name: outgoing.to.name ?? '', address: to },
    ...(email.cc ? { cc: email.cc } : {}),
    subject: email.subject,
    // a link keeps its address where there are words alone
    text: plainOf(email, []).text,
    html: files.html ?? htmlOf(email),
    attachments: files.attachments,
    ...threadOf(outgoing, email),
    ...replyTo(outgoing, account),
    ...envelopeOf(outgoing, account, [to, ...(email.cc ?? [])]),
    messageId: `<${messageId}>`,
    headers: headersOf(outgoing, to, account.credentials.webhook_secret),
    dsn: { id: messageId, return: 'headers', notify: ['failure'], ...originalRecipient(to, email) },
    xMailer: false,
  };
  return { ok: true, mail, to, messageId };
}

function emailOf(body: Body, name: string): Email | undefined {
  switch (body.type) {
    case 'email':
      return { ...body, subject: body.subject || name };
    case 'text':
      return { ...body, subject: name, attachments: [] };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      return {
        subject: name,
        text: body.text ?? '',
        attachments: [body.media],
        ...(body.entities ? { entities: body.entities } : {}),
      };
    default:
      return undefined;
  }
}

type Attachment = NonNullable<SendMailOptions['attachments']>[number];

type Files =
  | { ok: true; html: string | undefined; attachments: Attachment[] }
  | { ok: false; why: 'file'; permanent: boolean; reason: string };

async function read({ readFile }: Outgoing, { html, attachments }: Email): Promise<Files> {
  let left = capabilities.media.document?.maxBytes ?? 0;
  const read: Attachment[] = [];
  for (const media of attachments) {
    const file = (await readFile?.(left, media)) ?? missing;
    if (!file.ok) return { ...file, why: 'file' };
    left -= file.bytes.length;
    if (left < 0) return { ok: false, why: 'file', permanent: true, reason: 'the files are too large together' };
    read.push(attachmentOf(media, file));
  }
  if (!html) return { ok: true, html: undefined, attachments: read };
  const page = (await readFile?.(2 * 1024 * 1024, html)) ?? missing;
  if (!page.ok) return { ...page, why: 'file' };
  return { ok: true, html: new TextDecoder().decode(page.bytes), attachments: read };
}

function attachmentOf(media: Media, { bytes, mime }: Extract<FileBytes, { ok: true }>): Attachment {
  return {
    filename: nameOf(media),
    content: Buffer.from(bytes),
    contentDisposition: 'attachment',
    ...compact({ contentType: media.mime ?? mime }),
  };
}

const missing = { ok: false, permanent: true, reason: 'the file can not be read' } as const;

/** Where answers come straight to us, each conversation has an address of its own. */
function replyTo(
  { reference }: Outgoing,
  { credentials }: ConnectedAccount<Credentials>,
): Pick<SendMailOptions, 'replyTo'> {
  const inbound = addressOf(credentials.inbound_address ?? '');
  const conversation = parseMessageId(parseReference(reference)?.id ?? '')?.conversationId;
  if (inbound === undefined || conversation === undefined) return {};
  return { replyTo: replyAddressOf(inbound, conversation, credentials.webhook_secret) ?? inbound };
}

/** Where reports go: an address made for this attempt, if the account has one for that. */
function envelopeOf(
  { reference }: Outgoing,
  { credentials }: ConnectedAccount<Credentials>,
  to: string[],
): Pick<SendMailOptions, 'envelope'> {
  const address = addressOf(credentials.bounce_address ?? '');
  const from = address && returnPathOf(address, reference, credentials.webhook_secret);
  return from === undefined ? {} : { envelope: { from, to } };
}

/** RFC 3461, 4.2: nodemailer says one address of all recipients, and a report of a copy would then be one of the customer. */
function originalRecipient(to: string, { cc = [] }: Email): { recipient?: string } {
  return cc.length === 0 ? { recipient: to } : {};
}

function threadOf(
  { replyTo: answered }: Outgoing,
  { references = [] }: Email,
): Pick<SendMailOptions, 'inReplyTo' | 'references'> {
  if (!answered) return {};
  const id = `<${answered.providerMessageId}>`;
  return { inReplyTo: id, references: [...new Set([...references.map((each) => `<${each}>`), id])] };
}

function headersOf({ options = {}, webhookUrl }: Outgoing, to: string, secret: string): Record<string, string> {
  const isBulk = options['list_unsubscribe'] === true && webhookUrl !== undefined;
  return {
    ...(isBulk
      ? {
          'List-Unsubscribe': `<${unsubscribeUrl(webhookUrl, to, secret)}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }
      : {}),
    ...(options['automatic'] === true ? { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } : {}),
  };
}
