import type { Outgoing } from '../contract.ts';
import type { Json } from '../shared/http.ts';
import { contentOf, messagingTypeOf, quoteOf, reactionOf, recipientOf, type FileAt } from '../shared/meta-request.ts';
import type { Credentials } from './credentials.ts';

/** The JSON of one send, or undefined when the customer has no address here or the body can't be sent. */
export function requestOf(outgoing: Outgoing, login: Credentials['login'], file?: FileAt): Json | undefined {
  const { to, body } = outgoing;
  const recipient = recipientOf(to, 'igsid');
  if (!recipient) return undefined;
  if (body.type === 'reaction') return { recipient, ...reactionOf(body, 'love') };
  const message = contentOf(body, file);
  return message && { recipient, ...typeOf(outgoing, login), message, ...quoteOf(outgoing) };
}

/** `messaging_type` is documented for pages only: the account itself goes without, unless there is something to say. */
function typeOf(outgoing: Outgoing, login: Credentials['login']): Json {
  const type = messagingTypeOf(outgoing);
  const isPlain = type.messaging_type === 'RESPONSE' && login === 'instagram';
  return isPlain ? {} : type;
}
