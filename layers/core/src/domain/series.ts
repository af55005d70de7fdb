import type { Media } from './body.ts';
import type { ChannelName } from './channel.ts';
import { compact } from './compact.ts';
import type { ChannelAccountId, ContactId, ConversationId, MessageId, OrganizationId, SeriesId } from './id.ts';
import { clockOf } from './local-time.ts';
import type { Problem } from './problem.ts';
import { nextOccurrences, occurrencesAfter } from './recurrence/occurrences.ts';
import type { Recurrence, Written } from './recurrence/recurrence.ts';

/** ENDED: its last occurrence has gone by; CANCELLED: it was ended before. */
export type SeriesStatus = 'ACTIVE' | 'PAUSED' | 'ENDED' | 'CANCELLED';

/** An occurrence that has gone by (ms): its message was made, or was refused; nobody was there to make it in time; or it was to be left out. */
export interface PastOccurrence {
  at: number;
  outcome: 'sent' | 'refused' | 'missed' | 'skipped';
  messageId?: MessageId;
  problem?: Pick<Problem, 'code' | 'message'>;
}

/** A message that comes again and again. Each occurrence makes a message of its own. Times in ms. */
export interface Series {
  id: SeriesId;
  organizationId: OrganizationId;
  channel: ChannelName;
  channelAccountId: ChannelAccountId;
  conversationId: ConversationId;
  contactId: ContactId;
  /** what each message says and to whom: the fields of a send, but for its times */
  content: Record<string, unknown>;
  /** copies of what was uploaded for it, by the uploads' ids */
  files?: Record<string, Media>;
  /** who asked for it, when it was a person */
  user?: { id: string; name?: string; email?: string };
  /** as its caller wrote it, so that it can be given another start or zone */
  written: Written;
  /** its zone is the organization's, whatever that becomes */
  inZoneOfOrganization?: true;
  recurrence: Recurrence;
  status: SeriesStatus;
  /** only while it is ACTIVE */
  next?: number;
  /** occurrences that have gone by, whatever became of them: what a count counts */
  done: number;
  /** occurrences to come that are left out */
  skips: number[];
  /** the latest ones, oldest first */
  past: PastOccurrence[];
  /** every change makes another */
  version: number;
  createdAt: number;
  updatedAt: number;
}

/** One that missed its time by more is not made any more: a good morning in the afternoon helps nobody. */
export const LATEST_MS = 3_600_000;

/** What a series comes to at some time. */
export interface Turn {
  /** the occurrence to be made now */
  fires?: number;
  /** those that have gone by without one */
  passed: PastOccurrence[];
  /** the occurrence to come; none when it is over */
  next?: number;
}

/**
 * Goes on from `after`: what lies up to `now` is due, but only its latest is made, and only if it is not too late; then the first one to come that is
 * not left out. One that is left out has gone by as soon as nothing is left before it.
 */
export async function turnOf(series: Series, after: number, now: number): Promise<Turn> {
  const due: number[] = [];
  const skipped: PastOccurrence[] = [];
  let next: number | undefined;
  for await (const at of occurrencesOf(series, after)) {
    if (series.skips.includes(at)) skipped.push({ at, outcome: 'skipped' });
    else if (at <= now) due.push(at);
    else {
      next = at;
      break;
    }
  }
  const latest = due.at(-1);
  const fires = latest !== undefined && now - latest <= LATEST_MS ? latest : undefined;
  const missed = due.filter((at) => at !== fires).map((at) => ({ at, outcome: 'missed' as const }));
  const passed = [...skipped, ...missed].toSorted((a, b) => a.at - b.at);
  return { passed, ...compact({ fires, next }) };
}

/** The occurrences to come that are not left out, soonest first. */
export async function comingOf(series: Series, most: number): Promise<number[]> {
  const coming: number[] = [];
  if (series.next === undefined) return coming;
  for await (const at of occurrencesOf(series, series.next - 1))
    if (!series.skips.includes(at) && coming.push(at) >= most) break;
  return coming;
}

/** To find one occurrence takes about a millisecond. */
const MOST_COUNTED = 1000;

/** Whether it comes at that moment. Whether its count ends it before is found out for the first thousand. */
export async function isOccurrence(series: Series, moment: number): Promise<boolean> {
  const { next, recurrence } = series;
  const clock = await clockOf(recurrence.zone);
  if (!clock || next === undefined || moment < next) return false;
  if ((await nextOccurrences(recurrence, clock, moment - 1, 1))[0] !== moment) return false;
  return recurrence.count === undefined || isWithinCount(series, next, moment);
}

async function isWithinCount(series: Series, next: number, moment: number): Promise<boolean> {
  let counted = 0;
  for await (const at of occurrencesOf(series, next - 1))
    if (at >= moment || (counted += 1) >= MOST_COUNTED) return true;
  return false;
}

/** After `after`, as many as its count leaves. */
async function* occurrencesOf({ recurrence, done }: Series, after: number): AsyncGenerator<number> {
  const clock = await clockOf(recurrence.zone);
  if (!clock) return;
  let left = (recurrence.count ?? Infinity) - done;
  if (left <= 0) return;
  for await (const at of occurrencesAfter(recurrence, clock, after)) {
    yield at;
    left -= 1;
    if (left <= 0) return;
  }
}
