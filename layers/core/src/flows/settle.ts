import type { Mark } from '../domain/status.ts';
import type { Message } from '../domain/message.ts';
import { linkProviderId, markMessage, recordAccepted } from '../store/messages.ts';

/**
 * Writes that the provider took a message under its id. Statuses that came for that id before are applied now.
 * `link` false: the provider gives our reference back with every status, so nobody will look for its id.
 */
export async function settleAccepted(
  message: Message,
  providerMessageId: string | undefined,
  mark: Mark,
  link = true,
): Promise<void> {
  await recordAccepted(message, providerMessageId, mark);
  if (!link || providerMessageId === undefined) return;
  const parked = await linkProviderId(message, providerMessageId);
  for (const { step, mark: waiting } of parked) await markMessage(message.organizationId, message, step, waiting);
}
