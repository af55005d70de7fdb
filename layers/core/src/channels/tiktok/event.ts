import type { Counterparty, Identity } from '../../domain/contact.ts';
import { compact } from '../shared/read.ts';
import type { Content } from './wire.ts';

/** One event, with what is needed to place it. */
export interface Told {
  business: string;
  content: Content;
  /** as it came, for what we do not understand */
  raw: unknown;
}

/** The customer is the one of the two who is not the business. The user id names the person, the conversation id is where to answer. */
export function counterpartyOf(business: string, content: Content): Counterparty | undefined {
  const { from_user: from, to_user: to, conversation_id: conversation } = content;
  const isSender = from?.id !== undefined && from.id !== business;
  const user = isSender ? from.id : to?.id;
  if (user === undefined || user === business) return undefined;
  const place: Identity[] = conversation === undefined ? [] : [{ kind: 'tiktok_conversation', value: conversation }];
  return {
    identities: [{ kind: 'tiktok_user', value: user }, ...place],
    ...compact({ name: (isSender ? content.from : content.to) || undefined }),
  };
}

/** A comment has no message id, so it is known by its own; so that an answer finds it, it stands first. */
export function commentRef(comment: string | undefined): string {
  return comment === undefined ? 'comment' : `comment:${comment}`;
}

/** The comment that a message's id is of; undefined when it is of none. */
export function commentIdOf(providerMessageId: string): string | undefined {
  return /^comment:([^:]+):/.exec(providerMessageId)?.[1];
}
