import { compact, readAs, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { stableId } from './address.ts';
import { linkOf, writtenIn } from './body.ts';
import { idOf, readMessage, type Context } from './message.ts';
import * as wire from './wire.ts';

/** An empty text takes the reaction back. */
export function readReaction(message: wire.Message, _: Context, raw: unknown): Reading {
  const { text, messageId: target } = reactionIn(message);
  if (!target) return 'reaction without a target';
  const event = readMessage(message, raw);
  if (typeof event === 'string' || event.kind !== 'message') return event;
  return { ...event, body: { type: 'reaction', emoji: text || null, target: stableId(target) } };
}

/** `before` is the message that was taken back, where the engine still has it; `after` the notice in its place. */
export function readRevocation(message: wire.Message, { at }: Context, raw: unknown): Reading {
  const change = readAs(wire.change, message);
  const original =
    change?.revokedMessageId ?? change?.revoked_message_id ?? idOf(change?.before) ?? idOf(change?.after);
  const event = readMessage(change?.before ?? change?.after ?? message, raw);
  if (!original || typeof event === 'string' || !('counterparty' in event)) return 'revocation that names no message';
  return {
    kind: 'revision',
    providerMessageId: stableId(original),
    counterparty: event.counterparty,
    body: null,
    ...compact({ providerAt: at ?? momentOf(change?.after?.timestamp) }),
  };
}

/** The new words of a message. Those of a file come without it, which stays as it is. */
export function readEdit(message: wire.Message, { at }: Context, raw: unknown): Reading {
  const event = readMessage(message, raw);
  if (typeof event === 'string' || event.kind !== 'message') return event;
  const change = readAs(wire.change, message);
  const original = change?.editedMessageId ?? change?.original_message_id;
  const isText = linkOf(message) === undefined && message.location === undefined;
  return {
    kind: 'revision',
    providerMessageId: original === undefined ? event.providerMessageId : stableId(original),
    counterparty: event.counterparty,
    body: isText ? { type: 'text', text: writtenIn(message) ?? '' } : event.body,
    ...compact({ providerAt: at ?? event.providerAt }),
  };
}

function reactionIn({ reaction, reacted_message_id }: wire.Message): { text?: string; messageId?: string } {
  if (typeof reaction === 'string') return { text: reaction, ...compact({ messageId: reacted_message_id }) };
  return compact({ text: reaction?.text, messageId: reaction?.messageId });
}
