import type { Channel } from '../../channels/contract.ts';
import { derivedSeriesId, newSeriesId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { Written } from '../../domain/recurrence/recurrence.ts';
import type { Series } from '../../domain/series.ts';
import { findSeries, storeSeries } from '../../store/series.ts';
import type { Principal } from '../access/authenticate.ts';
import { keepFiles } from '../media/keep-files.ts';
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
  const { organizationId } = principal;
  const id = origin ? derivedSeriesId(organizationId, origin.at, origin.name) : newSeriesId();
  const started = await startAs(id, channel, principal, request, content);
  if (started.ok || !origin?.again) return started;
  const before = await findSeries(organizationId, id);
  return before ? ok(before) : started;
}

async function startAs(
  id: Series['id'],
  channel: Channel,
  principal: Principal,
  request: Recurring,
  content: Record<string, unknown>,
): Promise<Result<Series>> {
  const { organizationId, user } = principal;
  const planned = await planSeries(principal, request, request.recurrence);
  if (!planned.ok) return planned;
  const checked = await checkContent(channel, principal, request, { id, content });
  if (!checked.ok) return checked;
  const now = Date.now();
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
export type Checked = Pick<
  Series,
  'channel' | 'channelAccountId' | 'conversationId' | 'contactId' | 'content' | 'files'
>;

/**
 * Holds a message of a series against everything that a send is held against. A series stays with the account that it begins with, and its files stay as
 * long as it does.
 */
export async function checkContent(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  { id, content, files: known }: Pick<Series, 'id' | 'content' | 'files'>,
): Promise<Result<Checked>> {
  const problem = tooLarge(content);
  if (problem) return { ok: false, problem };
  const folder = `series/${principal.organizationId}/${id}`;
  const kept = await keepFiles(principal.organizationId, request, { folder, known });
  if (!kept.ok) return kept;
  const { files } = kept.value;
  const message = await prepare(channel, principal, { ...withoutTimes(request), ...(files && { kept: files }) });
  return message.ok ? ok({ ...checkedOf(message.value, content), ...kept.value }) : message;
}

function tooLarge(content: Record<string, unknown>): Problem | undefined {
  if (Buffer.byteLength(JSON.stringify(content)) <= MOST_CONTENT) return undefined;
  return refuse(413, 'content_too_large', `A message that recurs has at most ${MOST_CONTENT / 1024} KB`).problem;
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
