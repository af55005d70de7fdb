import type { Content } from './wire.ts';

/** One event, with what is needed to place it. */
export interface Told {
  business: string;
  content: Content;
  /** as it came, for what we do not understand */
  raw: unknown;
}

/** A comment has no message id, so it is known by its own; so that an answer finds it, it stands first. */
export function commentRef(comment: string | undefined): string {
  return comment === undefined ? 'comment' : `comment:${comment}`;
}

/** The comment that a message's id is of; undefined when it is of none. */
export function commentIdOf(providerMessageId: string): string | undefined {
  return /^comment:([^:]+):/.exec(providerMessageId)?.[1];
}
