import type { Verdict } from '../../channels/contract.ts';
import type { Message } from '../../domain/message.ts';
import { isAsGoodAsGone, isSoftBounce } from '../../domain/soft-bounces.ts';
import { listMessages } from '../../store/messages.ts';

/** A mail that comes back after so many more have been written is not counted. */
const LOOK_BACK = 50;

/** `gone`: whom this mail was for has had so many come back that nobody is to write to them any more. One query, and only for a mail that came back. */
export async function afterSoftBounce(
  { organizationId, conversationId, id }: Message,
  verdict: Verdict,
): Promise<'gone' | undefined> {
  if (!isSoftBounce(verdict)) return undefined;
  const { messages } = await listMessages(organizationId, conversationId, { newestFirst: true, limit: LOOK_BACK });
  return isAsGoodAsGone(messages, { id, at: Date.now() }) ? 'gone' : undefined;
}
