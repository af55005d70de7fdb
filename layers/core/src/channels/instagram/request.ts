import type { Outgoing } from '../contract.ts';
import { contentOf, reactionOf, recipientOf, type Json } from '../shared/meta-request.ts';
import type { Credentials } from './credentials.ts';

/**
 * The JSON of one send, or undefined when the customer has no address here or the body can't be sent. `messaging_type`
 * is documented for pages only.
 */
export function requestOf({ to, body, replyTo }: Outgoing, login: Credentials['login']): Json | undefined {
  const recipient = recipientOf(to, 'igsid');
  if (!recipient) return undefined;
  if (body.type === 'reaction') return { recipient, ...reactionOf(body, 'love') };
  const message = contentOf(body);
  return (
    message && {
      recipient,
      ...(login === 'facebook' && { messaging_type: 'RESPONSE' }),
      message,
      ...(replyTo && { reply_to: { mid: replyTo.providerMessageId } }),
    }
  );
}
