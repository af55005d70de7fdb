import type { Message } from '../domain/message.ts';
import type { MessageTask } from './queues.ts';
import { setting } from './environment.ts';

/** What the scheduler function is woken with: the message, and what it was waiting for. */
export interface Wake extends MessageTask {
  due: 'schedule' | 'verdict';
}

/** One schedule per message and purpose, by its name; it deletes itself when it has fired. */
export async function scheduleWake(message: Message, due: Wake['due'], at: number): Promise<void> {
  // Few messages are scheduled: the SDK is loaded when one is, so that dispatching the others does not pay for it.
  const { SchedulerClient, CreateScheduleCommand, ConflictException } = await import('@aws-sdk/client-scheduler');
  const wake: Wake = { organizationId: message.organizationId, messageId: message.id, due };
  const command = new CreateScheduleCommand({
    Name: scheduleName(message, due),
    GroupName: setting('SCHEDULE_GROUP'),
    ScheduleExpression: `at(${wholeSecond(at)})`,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: setting('SCHEDULER_FUNCTION_ARN'),
      RoleArn: setting('SCHEDULER_ROLE_ARN'),
      Input: JSON.stringify(wake),
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

/** At most 64 characters of [0-9a-zA-Z-_.] (EventBridge Scheduler); the message's own UUID is unique. */
function scheduleName(message: Message, due: Wake['due']): string {
  return `${due}-${message.id.slice('msg_'.length, 'msg_'.length + 36)}-${message.attempt}`;
}
