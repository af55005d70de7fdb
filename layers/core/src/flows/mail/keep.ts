import { createHash } from 'node:crypto';
import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { queueMail } from '../../store/mail-queue.ts';
import type { MailTask } from '../../store/mail-queue.ts';
import { copyFile, storeBytes } from '../../store/media-files.ts';
import { findUpload } from '../../store/uploads.ts';

type Mail = Extract<InboundEvent, { kind: 'mail' }>;

/** Where mail lies that has not been read. */
const FOLDER = 'mail';
/** As Amazon SES has it: what reads mail has room for so much. */
const MOST_BYTES = 40 * 1024 * 1024;

/**
 * Keeps a raw mail and has it read. The bytes come first: what fails after that, the sender repeats, and nothing is lost or doubled. False
 * when the file that should be the mail is not there, or is too large for one.
 */
export async function keepMail(mail: Mail, account: ChannelAccount): Promise<boolean> {
  const key = 'raw' in mail ? await keepBytes(mail.raw, account) : await keepUploaded(mail.uploadId, account);
  if (key === undefined) return false;
  const { organizationId, id: accountId } = account;
  await queueMail({ key, envelope: mail.envelope, organizationId, accountId } satisfies MailTask);
  return true;
}

async function keepBytes(raw: string, { id }: ChannelAccount): Promise<string> {
  const bytes = Buffer.from(raw, 'base64');
  const key = `${FOLDER}/${id}/${createHash('sha256').update(bytes).digest('hex')}`;
  await storeBytes(key, bytes, 'message/rfc822');
  return key;
}

/** An upload is deleted after a day, and a mail may wait for longer than that until it can be read. */
async function keepUploaded(uploadId: string, { organizationId, id }: ChannelAccount): Promise<string | undefined> {
  const upload = await findUpload(organizationId, uploadId);
  if (!upload || upload.size > MOST_BYTES) return undefined;
  const key = `${FOLDER}/${id}/${uploadId}`;
  await copyFile(upload.key, key);
  return key;
}
