import { compact, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { counterpartyOf } from './address.ts';
import { unsupported } from './body.ts';
import type { Told } from './event.ts';
import type { Reaction } from './wire.ts';

/** A reaction has no id of its own. One with a picture TikTok drew instead of an emoji is kept raw. */
export function readReaction({ business, content }: Told, reaction: Reaction | undefined): Reading {
  const counterparty = counterpartyOf(business, content);
  if (!counterparty || reaction?.original_msg_id === undefined) return 'reaction without a customer or a message';
  const { operation, emoji, unique_identifier: who = '', timestamp, original_msg_id: target } = reaction;
  const gone = operation === 'REMOVE';
  return {
    kind: 'message',
    direction: content.from_user?.id === business ? 'OUTBOUND' : 'INBOUND',
    providerMessageId: ['reaction', target, who, String(timestamp), operation].join(':'),
    counterparty,
    body:
      gone || emoji
        ? { type: 'reaction', emoji: gone ? null : (emoji ?? null), target }
        : unsupported('reaction', reaction),
    ...compact({ providerAt: momentOf(timestamp) ?? momentOf(content.timestamp) }),
  };
}
