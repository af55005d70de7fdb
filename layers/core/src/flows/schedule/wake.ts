import type { MessageId, OrganizationId } from '../../domain/id.ts';
import type { SendError } from '../../domain/status.ts';
import { fireMessage } from '../../store/message-changes.ts';
import { findMessage, markMessage } from '../../store/messages.ts';
import { putBack } from '../../store/waiting.ts';
import { expireHeld } from '../deliver/held.ts';
import type { Wake } from '../../store/schedules.ts';

/**
 * What a schedule wakes: a message whose time has come, one whose turn comes soon, one whose customer has not written in time, or one whose outcome nobody told
 * in time.
 */
export async function wake({ organizationId, messageId, due }: Wake): Promise<void> {
  const now = Date.now();
  switch (due) {
    case 'schedule':
      await fireMessage(organizationId, messageId, now);
      return;
    case 'later':
      return putBack(organizationId, messageId, now);
    case 'window':
      return expireHeld(organizationId, messageId, now);
    case 'verdict':
      return failUnknown(organizationId, messageId, now);
  }
}

/** Nobody told what became of it. */
async function failUnknown(organizationId: OrganizationId, messageId: MessageId, now: number): Promise<void> {
  const message = await findMessage(organizationId, messageId, { consistent: true });
  if (!message) return;
  await markMessage(
    organizationId,
    message,
    'failed',
    { at: now, error: unknownOutcome },
    { unless: ['sent', 'delivered', 'read', 'failed'] },
  );
}

const unknownOutcome: SendError = {
  code: 'unknown_outcome',
  class: 'unknown_outcome',
  message: 'The provider never said whether it took the message. Check with the customer before you send it again.',
  permanent: true,
};
