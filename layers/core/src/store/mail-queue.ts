import type { ChannelAccountId, OrganizationId } from '../domain/id.ts';
import { setting } from './environment.ts';
import { changeVisibility, queueOne } from './queues.ts';

/** A raw mail that lies in the bucket, for an account that is known. */
export interface MailTask {
  key: string;
  envelope: { from: string; to: string[] };
  organizationId: OrganizationId;
  accountId: ChannelAccountId;
}

/** A task, or once more an entry that came by itself. */
export async function queueMail(entry: object): Promise<void> {
  await queueOne(setting('MAIL_QUEUE_URL'), entry);
}

export function hideMail(receiptHandle: string, seconds: number): Promise<void> {
  return changeVisibility(setting('MAIL_QUEUE_URL'), receiptHandle, seconds);
}
