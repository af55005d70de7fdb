import { createHash } from 'node:crypto';
import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { queueMail } from '../../store/mail-queue.ts';
import { storeBytes } from '../../store/media-files.ts';

/** Where mail lies that has not been read. */
const FOLDER = 'mail';

/** Keeps a raw mail and has it read. The bytes come first: what fails after that, the sender repeats, and nothing is lost or doubled. */
export async function keepMail(
  { raw, envelope }: Extract<InboundEvent, { kind: 'mail' }>,
  { organizationId, id }: ChannelAccount,
): Promise<void> {
  const bytes = Buffer.from(raw, 'base64');
  const key = `${FOLDER}/${id}/${createHash('sha256').update(bytes).digest('hex')}`;
  await storeBytes(key, bytes, 'message/rfc822');
  await queueMail({ key, envelope, organizationId, accountId: id });
}
