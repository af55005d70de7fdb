import type { Message } from '../../domain/message.ts';
import type { Mark } from '../../domain/status.ts';
import { markMessage, recordAccepted } from '../../store/messages.ts';
import { linkProviderId } from '../../store/provider-messages.ts';

/**
 * Writes that the provider took a message under its id. The link comes first, so that an echo that arrives from now on finds it; then statuses that
 * were quicker than the provider's answer are joined in.
 * `link` false: the provider gives our reference back with every status, so nobody will look for its id. `usedUntil`: how far (ms) what its recipient may get is used up.
 */
export async function settleAccepted(
  message: Message,
  providerMessageId: string | undefined,
  mark: Mark,
  { link = true, usedUntil }: { link?: boolean; usedUntil?: number } = {},
): Promise<void> {
  const parked = link && providerMessageId !== undefined ? await linkProviderId(message, providerMessageId) : [];
  await recordAccepted(message, providerMessageId, mark, usedUntil);
  for (const { step, mark: waiting } of parked) await markMessage(message.organizationId, message, step, waiting);
}
