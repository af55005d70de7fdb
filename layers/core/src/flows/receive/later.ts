import { createHash } from 'node:crypto';
import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { queueLater } from '../../store/queues.ts';

export type LaterEvent = Extract<InboundEvent, { kind: 'withheld' | 'history' | 'watermark' }>;

/** Where it lies until it is worked on. */
const FOLDER = 'later';
/** SQS takes messages of 256 KB, and more since 2025. */
const MOST_BYTES = 200_000;

/**
 * Keeps what takes longer to work on than a provider waits for its webhook's answer, and has it worked on. That is one write: into the queue. What is too
 * much for it lies in the bucket first; what fails after that the provider repeats, and the same bytes have the same place.
 */
export async function keepForLater(event: LaterEvent, { organizationId, id }: ChannelAccount): Promise<void> {
  const about = { organizationId, channelAccountId: id };
  const bytes = Buffer.from(JSON.stringify(event));
  if (bytes.length <= MOST_BYTES) return queueLater({ ...about, event: { told: event } });
  const key = `${FOLDER}/${id}/${createHash('sha256').update(bytes).digest('hex')}`;
  const { storeBytes } = await import('../../store/media-files.ts');
  await storeBytes(key, bytes, 'application/json');
  await queueLater({ ...about, event: { key } });
}
