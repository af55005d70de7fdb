import type { Broadcast } from '../domain/broadcast.ts';
import type { OrganizationId, SeriesId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { Series } from '../domain/series.ts';
import type { BroadcastTask, MessageTask } from './queues.ts';
import { setting } from './environment.ts';
import { BROADCAST_PREFIX } from './keys/broadcasts.ts';
import { SERIES_PREFIX } from './keys/series.ts';

/** What the scheduler function is woken with: the message, and what it was waiting for. */
export interface Wake extends MessageTask {
  due: 'schedule' | 'verdict' | 'window' | 'later';
}

/** Of a broadcast that waits for its time. */
export type BroadcastWake = Pick<BroadcastTask, 'organizationId' | 'broadcastId'> & { due: 'broadcast' };

/** Of a series that waits for its next occurrence. */
export type SeriesWake = { organizationId: OrganizationId; seriesId: SeriesId; due: 'series' };

/** One schedule per message and purpose, by its name; it deletes itself when it has fired. */
export async function scheduleWake(message: Message, due: Wake['due'], at: number): Promise<void> {
  const wake: Wake = { organizationId: message.organizationId, messageId: message.id, due };
  await createSchedule(scheduleName(message, due), at, wake);
}

/** One schedule per broadcast and time. */
export async function scheduleBroadcast({ organizationId, id, scheduledAt = 0 }: Broadcast): Promise<void> {
  const wake: BroadcastWake = { organizationId, broadcastId: id, due: 'broadcast' };
  await createSchedule(`broadcast-${id.slice(BROADCAST_PREFIX.length)}-${scheduledAt.toString(36)}`, scheduledAt, wake);
}

/** One schedule per series and occurrence. */
export async function scheduleSeries({ organizationId, id, next = 0 }: Series): Promise<void> {
  const wake: SeriesWake = { organizationId, seriesId: id, due: 'series' };
  await createSchedule(`series-${id.slice(SERIES_PREFIX.length)}-${next.toString(36)}`, next, wake);
}

async function createSchedule(name: string, at: number, input: Wake | BroadcastWake | SeriesWake): Promise<void> {
  // Few messages are scheduled: the SDK is loaded when one is, so that dispatching the others does not pay for it.
  const { SchedulerClient, CreateScheduleCommand, ConflictException } = await import('@aws-sdk/client-scheduler');
  const command = new CreateScheduleCommand({
    Name: name,
    GroupName: setting('SCHEDULE_GROUP'),
    ScheduleExpression: `at(${wholeSecond(at)})`,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: setting('SCHEDULER_FUNCTION_ARN'),
      RoleArn: setting('SCHEDULER_ROLE_ARN'),
      Input: JSON.stringify(input),
    },
  });
  try {
    await new SchedulerClient().send(command);
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
}

/** Scheduler takes whole seconds and refuses the past: never before the asked time, and a moment from now where that has gone by. */
function wholeSecond(at: number): string {
  const earliest = Math.max(at, Date.now() + 2000);
  return new Date(Math.ceil(earliest / 1000) * 1000).toISOString().slice(0, 19);
}

/** At most 64 characters of [0-9a-zA-Z-_.] (EventBridge Scheduler); the message's own UUID is unique, and one that is put off is scheduled anew. */
function scheduleName(message: Message, due: Wake['due']): string {
  const until = { schedule: message.scheduledAt, later: message.wait?.until, verdict: undefined, window: undefined }[
    due
  ];
  const time = until === undefined ? '' : `-${Math.round(until).toString(36)}`;
  return `${due}-${message.id.slice('msg_'.length, 'msg_'.length + 36)}-${message.attempt}${time}`;
}
