import type { Media } from './body.ts';
import type { BroadcastProblem } from './broadcast-problem.ts';
import type { ChannelName } from './channel.ts';
import type { BroadcastId, ChannelAccountId, OrganizationId } from './id.ts';
import type { Price } from './price.ts';
import type { Status } from './status.ts';

/**
 * DRAFT has no list yet; IMPORTING reads it; READY can be started; RUNNING makes and sends its messages; PAUSED and CANCELLED were asked for;
 * COMPLETED has no message left that waits; FAILED says why in `problem`.
 */
export type BroadcastStatus =
  | 'DRAFT'
  | 'IMPORTING'
  | 'READY'
  | 'RUNNING'
  | 'PAUSED'
  | 'CANCELLED'
  | 'COMPLETED'
  | 'FAILED';

/** To whom: contacts that were named (their ids lie in a file), those that a filter finds, or the rows of a file that was brought. */
export type Audience =
  | { kind: 'contacts'; key: string; count: number }
  | { kind: 'filter'; filter: string }
  | { kind: 'file'; uploadId: string; mapping?: Record<string, string>; sheet?: string; encoding?: string };

/** What was found in the list. */
export interface Totals {
  /** of a file, without its header */
  rows: number;
  recipients: number;
  /** rows that name a recipient again */
  duplicates: number;
  badRows: number;
  /** recipients who must not be written to, as it was known when the list was read */
  optedOut: number;
}

/** How far the reading of the list has come. Reading anew begins a new round, whose files lie apart. */
export interface Reading {
  round: number;
  phase: 'open' | 'read' | 'close';
  /** where the next chunk begins: a byte of a file, a line of a list of ids, or the last contact that was read */
  at: number | string;
  /** rows of a file that are read, its header included, as a spreadsheet counts them */
  row: number;
  /** chunks and parts that are done */
  chunks: number;
  parts: number;
  list?: ListFile;
}

/** A file of rows that is being read. */
export interface ListFile {
  key: string;
  delimiter: string;
  /** for each column what it is: `to`, `name`, or the name of a variable; null: of no use */
  columns: (string | null)[];
  /** the header as it is written, for the file of bad rows */
  header: string[];
}

/** How far the messages are made. */
export interface Running {
  /** parts that are done */
  part: number;
  /** messages made, and recipients that got none */
  made: number;
  skipped: number;
  /** when the part in work was begun (ms): its messages' ids are made from it */
  begun?: number;
  /** messages that waited through a pause, or until a cancel, are to be let go */
  release?: true;
}

/** One message to many. Times in ms. */
export interface Broadcast {
  id: BroadcastId;
  organizationId: OrganizationId;
  name?: string;
  channel: ChannelName;
  channelAccountId: ChannelAccountId;
  /** a send as a caller writes it, without recipient */
  content: Record<string, unknown>;
  /** copies of what was uploaded for it, by the uploads' ids */
  files?: Record<string, Media>;
  audience?: Audience;
  defaultCountry?: string;
  price?: Price;
  scheduledAt?: number;
  status: BroadcastStatus;
  /** one more with every step that was done or asked for */
  step: number;
  totals: Totals;
  reading: Reading;
  running: Running;
  problem?: BroadcastProblem;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  updatedAt: number;
}

/** How many messages of a broadcast stand where. `unknown`: failed, because nobody said whether they arrived; `failed` are the others. */
export type Tally = Record<Lowercase<Status> | 'unknown', number>;

export const NO_TALLY: Tally = { pending: 0, sent: 0, delivered: 0, read: 0, failed: 0, unknown: 0 };
export const NO_TOTALS: Totals = { rows: 0, recipients: 0, duplicates: 0, badRows: 0, optedOut: 0 };

/** What is known of a broadcast beside the broadcast itself. */
export interface BroadcastNews {
  tally: Tally;
  /** messages per minute of the last minute; missing while nothing is known of it */
  perMinute?: number;
  export?: { askedAt: number; readyAt?: number; key?: string };
}

/** Someone on the list, as a line of a part. */
export interface Recipient {
  /** the address as the channel writes it */
  to: string;
  name?: string;
  variables?: Record<string, string>;
  contactId?: string;
}

/** What became of a recipient when the part was run: a message, or the reason there is none. */
export type Made = { to: string; message: string } | { to: string; skipped: string; words: string };

/** Joins counts: what each adds to the other. */
export function addTally(a: Tally, b: Partial<Tally>): Tally {
  return {
    pending: a.pending + (b.pending ?? 0),
    sent: a.sent + (b.sent ?? 0),
    delivered: a.delivered + (b.delivered ?? 0),
    read: a.read + (b.read ?? 0),
    failed: a.failed + (b.failed ?? 0),
    unknown: a.unknown + (b.unknown ?? 0),
  };
}

/** How many have left, or will not. */
export function doneIn({ sent, delivered, read, failed, unknown }: Tally): number {
  return sent + delivered + read + failed + unknown;
}
