import type { Channel } from '../../channels/contract.ts';
import { derivedSeriesId, newSeriesId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { Written } from '../../domain/recurrence/recurrence.ts';
import type { Series } from '../../domain/series.ts';
import { findSeries, storeSeries } from '../../store/series.ts';
import type { Principal } from '../access/authenticate.ts';
import { prepare } from '../send/send.ts';
import type { Origin } from '../send/send.ts';
import type { SendRequest } from '../send/request.ts';
import { begin, planSeries } from './plan.ts';

/** A send that is to be made again and again. */
export type Recurring = SendRequest & { recurrence: Written };

/** An item has room for 400 KB, and its history needs some. */
const MOST_CONTENT = 256 * 1024;

/**
 * Begins a message that comes again and again: checked as a send would be, but nothing is sent before its first time. With an origin, one that is
 * asked for again is the same. `content`: the send as it is written, but for its times.
 */
export async function startSeries(
  channel: Channel,
  principal: Principal,
  request: Recurring,
  { content, origin }: { content: Record<string, unknown>; origin?: Origin | undefined },
): Promise<Result<Series>> {
  const { organizationId, user } = principal;
  const planned = await planSeries(principal, request, request.recurrence);
  if (!planned.ok) return planned;
  const checked = await checkContent(channel, principal, request, content);
  if (!checked.ok) return checked;
  const now = Date.now();
  const id = origin ? derivedSeriesId(organizationId, origin.at, origin.name) : newSeriesId();
  const times = { createdAt: now, updatedAt: now };
  const fresh = {
    id,
    organizationId,
    ...(user && { user }),
    ...checked.value,
    ...planned.value,
    ...untouched,
    ...times,
  };
  const begun = await begin(fresh, now);
  if (!begun.ok || (await storeSeries(begun.value)) === 'stored') return begun;
  return ok((await findSeries(organizationId, id)) ?? begun.value);
}

const untouched = { status: 'ACTIVE', done: 0, skips: [], past: [], version: 1 } satisfies Partial<Series>;

/** Where the messages of a series go, and what they say. */
export type Checked = Pick<Series, 'channel' | 'channelAccountId' | 'conversationId' | 'contactId' | 'content'>;

/** Holds a message of a series against everything that a send is held against. A series stays with the account that it begins with. */
export async function checkContent(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  content: Record<string, unknown>,
): Promise<Result<Checked>> {
  const problem = cannotStay(request, content);
  if (problem) return { ok: false, problem };
  const message = await prepare(channel, principal, withoutTimes(request));
  return message.ok ? ok(checkedOf(message.value, content)) : message;
}

function cannotStay({ uploadId, mail }: SendRequest, content: Record<string, unknown>): Problem | undefined {
  const field = uploadId === undefined ? 'attachments' : 'upload_id';
  if (uploadId !== undefined || mail?.attachments?.some(({ upload_id: id }) => id !== undefined))
    return refuse(422, 'not_recurring', `'${field}': what is uploaded is kept for a day; a series takes a link`, {
      details: field,
    }).problem;
  if (Buffer.byteLength(JSON.stringify(content)) <= MOST_CONTENT) return undefined;
  return refuse(413, 'too_large', `A message that recurs has at most ${MOST_CONTENT / 1024} KB`).problem;
}

function withoutTimes(request: SendRequest): SendRequest {
  const { scheduledAt: _at, scheduledLocal: _local, timezone: _zone, recurrence: _recurrence, ...rest } = request;
  return rest;
}

function checkedOf(message: Message, content: Record<string, unknown>): Checked {
  const { channel, channelAccountId, conversationId, contactId } = message;
  const own = { ...content, channel_account_id: channelAccountId };
  return { channel, channelAccountId, conversationId, contactId, content: own };
}
