import type { Broadcast, Made } from '../../domain/broadcast.ts';
import type { MessageId } from '../../domain/id.ts';
import { isUnknown } from '../../domain/status.ts';
import { retryMessage } from '../../store/attempts.ts';
import { finishRetry } from '../../store/broadcast-counters.ts';
import { findLines } from '../../store/broadcast-files.ts';
import { findMessages } from '../../store/messages.ts';
import { inParallel } from '../parallel.ts';
import { madeKey } from './run.ts';

/**
 * Sends again what had failed by then (ms) because nobody knew whether it arrived, part by part. Done again it sends nothing twice: a message that
 * was taken up is no longer one that failed, and if it fails again it did so later.
 */
export async function retryUnknown(broadcast: Broadcast, asked: number): Promise<void> {
  for (let part = 0; part < broadcast.reading.parts; part += 1) await retryPart(broadcast, part, asked);
  await finishRetry(broadcast.organizationId, broadcast.id, asked);
}

async function retryPart(broadcast: Broadcast, part: number, asked: number): Promise<void> {
  const made = (await findLines<Made>(madeKey(broadcast, part))) ?? [];
  const ids = made.flatMap((one) => ('message' in one ? [one.message as MessageId] : []));
  const messages = await findMessages(broadcast.organizationId, ids);
  const unknown = messages.filter(({ progress }) => isUnknown(progress) && (progress.failed?.at ?? asked) <= asked);
  await inParallel(unknown, (message) => retryMessage(message, Date.now()));
}
