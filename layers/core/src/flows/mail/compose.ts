import { v7 } from 'uuid';
import type { Channel } from '../../channels/contract.ts';
import { isMedia } from '../../domain/body.ts';
import type { Body, Email, Media } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { answerSubject } from '../../domain/mail-subject.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { cutText } from '../../domain/rich-text/cut-text.ts';
import { findMessage, listMessages } from '../../store/messages.ts';
import { findUpload } from '../../store/uploads.ts';
import { keepUpload, noUpload } from '../media/keep-files.ts';
import type { Target } from '../send/find-target.ts';
import type { SendRequest } from '../send/request.ts';

/** What only a mail has, as a caller asks for it. */
export interface MailRequest {
  subject?: string;
  html?: string;
  cc?: string[];
  attachments?: { url?: string; upload_id?: string; filename?: string }[];
}

type Composed = Pick<Message, 'body' | 'replyToId'>;

const MOST_REFERENCES = 20;
const LOOKED_AT = 20;

/** Who writes to whom. */
interface Letter {
  channel: Channel;
  account: ChannelAccount;
  target: Target;
}

/**
 * Makes a mail of what a send says. Without a subject of its own it answers the last mail of the conversation; with one it begins
 * something new, unless it names what it replies to.
 */
export async function composeMail(letter: Letter, request: SendRequest, body: Body): Promise<Result<Composed>> {
  if (body.type === 'email') return ok({ body: passedOn(body, request.mail?.subject) });
  if (body.type !== 'text' && !isMedia(body)) return ok({ body });
  const { account, channel } = letter;
  const { mail = {}, uploadId } = request;
  const upload = uploadId === undefined ? [] : [{ upload_id: uploadId }];
  const files = await attachmentsOf([...upload, ...(mail.attachments ?? [])], (id) => fileOf(account, request, id));
  if (!files.ok) return files;
  const answered = await answeredBy(letter, request.replyToId, mail.subject);
  const html = await htmlOf(account.organizationId, request);
  const own = isMedia(body) && uploadId === undefined ? [body.media] : [];
  const email: Email = {
    subject: mail.subject || (answered?.body.type === 'email' && answerSubject(answered.body.subject)) || account.name,
    text: body.text || (mail.html === undefined ? '' : await textOf(channel, mail.html)),
    attachments: [...own, ...files.value],
    ...compact({ entities: body.entities, html }),
    // what is no address is left as it is written, to be refused by that name
    ...compact({ cc: mail.cc?.map((each) => channel.recipient(each)?.value ?? each) }),
    ...referencesAfter(answered),
  };
  return ok({ body: { type: 'email', ...email }, ...(answered ? { replyToId: answered.id } : {}) });
}

/** A mail that is passed on says what it said, and nothing of where it stood or who else had it. */
function passedOn({ subject, text, quoted, attachments }: Email, own: string | undefined): Body {
  const whole = quoted === undefined ? text : `${text}\n\n${quoted}`;
  const files = attachments.map(withoutPlace);
  return { type: 'email', subject: own ?? cutText(`Fwd: ${subject}`, 255, 'utf16'), text: whole, attachments: files };
}

/** Its place in the HTML that is not passed on with it. */
function withoutPlace(file: Media): Media {
  const { contentId: _place, ...rest } = file;
  return rest;
}

async function answeredBy(
  { account, target: { conversationId } }: Letter,
  replyToId: string | undefined,
  subject: string | undefined,
): Promise<Message | undefined> {
  if (replyToId !== undefined) return findMessage(account.organizationId, replyToId as Message['id']);
  if (subject !== undefined) return undefined;
  const page = await listMessages(account.organizationId, conversationId, { newestFirst: true, limit: LOOKED_AT });
  return page.messages.find(({ body, providerMessageId }) => body.type === 'email' && providerMessageId !== undefined);
}

/** The thread so far: where it began, and the end of it. */
function referencesAfter(answered: Message | undefined): { references?: string[] } {
  if (answered?.body.type !== 'email' || answered.providerMessageId === undefined) return {};
  const all = [...(answered.body.references ?? []), answered.providerMessageId];
  return { references: all.length <= MOST_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)] };
}

async function attachmentsOf(
  wanted: NonNullable<MailRequest['attachments']>,
  keep: (id: string) => Promise<Media | undefined>,
): Promise<Result<Media[]>> {
  const files: Media[] = [];
  for (const [index, { url, upload_id: uploadId, filename }] of wanted.entries()) {
    const named = compact({ filename });
    if ((url === undefined) === (uploadId === undefined))
      return refuse(400, 'missing_field', `'attachments.${index}' needs a 'url' or an 'upload_id'`, {
        details: `attachments.${index}`,
      });
    if (url !== undefined) files.push({ status: 'ready', link: url, ...named });
    const upload = uploadId === undefined ? undefined : await keep(uploadId);
    if (upload) files.push({ ...upload, ...named });
    else if (uploadId !== undefined) return noUpload(`attachments.${index}.upload_id`);
  }
  return ok(files);
}

/** What was uploaded stays as a copy: the one that was kept for many mails, or one of this mail. */
async function fileOf(
  { organizationId }: ChannelAccount,
  { kept, dry }: SendRequest,
  id: string,
): Promise<Media | undefined> {
  if (kept?.[id]) return kept[id];
  return dry
    ? lookAtUpload(organizationId, id)
    : keepUpload(organizationId, id, (name) => newKey(organizationId, name));
}

async function lookAtUpload(organization: OrganizationId, id: string): Promise<Media | undefined> {
  const found = await findUpload(organization, id);
  return found && { status: 'ready', key: found.key, mime: found.mime, size: found.size, filename: found.filename };
}

async function htmlOf(organization: OrganizationId, { mail, dry }: SendRequest): Promise<Media | undefined> {
  if (mail?.html === undefined) return undefined;
  return dry ? { status: 'pending', size: Buffer.byteLength(mail.html) } : keepHtml(organization, mail.html);
}

async function keepHtml(organization: OrganizationId, html: string): Promise<Media> {
  const { storeBytes } = await import('../../store/media-files.ts');
  const key = newKey(organization, 'body.html');
  const { size, sha256 } = await storeBytes(key, new TextEncoder().encode(html), 'text/html', 'body.html');
  return { status: 'ready', key, mime: 'text/html', filename: 'body.html', size, sha256 };
}

function newKey(organization: OrganizationId, name: string): string {
  return `${organization}/mail/sent/${v7()}/${name}`;
}

async function textOf(channel: Channel, html: string): Promise<string> {
  return (await channel.mail?.())?.textOfHtml(html) ?? '';
}
