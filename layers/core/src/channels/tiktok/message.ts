import type { Direction } from '../../domain/message.ts';
import type { InboundEvent } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { counterpartyOf } from './address.ts';
import { bodyOf } from './body.ts';
import type { Told } from './event.ts';

/** A message as a webhook brings it, or why it is none. */
export function readMessage(
  { business, content, raw }: Told,
  direction: Direction,
): Extract<InboundEvent, { kind: 'message' }> | string {
  const counterparty = counterpartyOf(business, content);
  if (content.message_id === undefined) return 'message without an id';
  if (!counterparty) return 'message that names no customer';
  const replyTo =
    content.referenced_message_info?.referenced_message_id ?? content.reply_source_payload?.reply_source_msg_id;
  return {
    kind: 'message',
    direction,
    providerMessageId: content.message_id,
    counterparty,
    body: bodyOf(content, raw),
    ...compact({ providerAt: momentOf(content.timestamp), replyTo }),
  };
}
