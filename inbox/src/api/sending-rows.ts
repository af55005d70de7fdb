/** The rows and requests of everything that is sent. Times are ISO 8601 text, empty columns are null. */

import type { Entity } from './message-parts.ts';

/** What a channel can do: the columns that the inbox goes by. */
export interface ChannelRow {
  name: string;
  label: string;
  outbound: boolean;
  /** how its customers are named */
  address: string;
  template: boolean;
  /** `any` emoji, some, or none */
  reaction: 'any' | 'some' | 'none';
  /** where only some go: which */
  reactions: string[] | null;
  reply: boolean;
  /** the formatting that reaches its customers */
  formatting: string[];
  actions: string[];
  /** how long after a customer's message one may write freely */
  send_window: { hours: number; after: 'template' | 'tag' | 'nothing' } | null;
}

/** A message to send: into a known conversation, or to an address through a channel account. */
export interface MessageToSend {
  channel: string;
  channel_account_id: string;
  message?: string;
  /** what `message` is read as; plain when left out */
  format?: 'markdown';
  entities?: Entity[];
  upload_id?: string;
  /** of an email */
  subject?: string;
  /** our id of the message it answers */
  reply_to?: string;
  /** in place of words; no emoji takes a reaction back */
  reaction?: { emoji: string | null; message_id: string };
  /** our id of the message to pass on, in place of words */
  forward_of?: string;
  scheduled_at?: string;
  recurrence?: Recurrence;
  /** whose clock the recurrence goes by */
  timezone?: string;
  client_ref: string;
  conversation_id?: string;
  contact_id?: string;
  to?: string;
}

/** That someone must not, or can't, be written to. */
export interface OptOutRow {
  id: string;
  contact_id: string | null;
  channel: string | null;
  channel_account_id: string | null;
  why: string;
  active: boolean;
  source: string;
  reason: string | null;
  created_at: string;
}

/** How often a message comes, as the inbox writes it; an API client may have written an RRULE. */
export interface Recurrence {
  every: 'day' | 'week' | 'month';
  /** a day, which counts to its end */
  until?: string;
  count?: number;
}

/** A message that comes again and again. */
export interface SeriesRow {
  id: string;
  conversation_id: string;
  contact_id: string;
  channel: string;
  channel_account_id: string;
  /** the fields of a send */
  content: { message?: string };
  recurrence: string | { every: string; interval?: number };
  rules: string[];
  timezone: string;
  until: string | null;
  count: number | null;
  status: 'ACTIVE' | 'PAUSED' | 'ENDED' | 'CANCELLED';
  /** the next five, soonest first */
  next: string[];
  done: number;
  /** the latest that have gone by, oldest first */
  occurrences: { at: string; outcome: string; error: { code: string; message: string } | null }[];
  created_at: string;
}
