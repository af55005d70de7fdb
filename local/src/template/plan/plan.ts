import type { EventSourceSettings } from '../../event-sources/settings.ts';
import type { FunctionSettings } from '../../functions/functions.ts';
import type { BucketSettings, QueueSettings } from '../../queues-and-buckets/server.ts';
import type { HttpApiPlan, WebSocketApiPlan } from './apis.ts';
import type { AsyncInvocationPlan } from './async-invocations.ts';
import type { MailRulePlan, SubscriptionPlan } from './mail.ts';
import type { KeyPlan, ScheduleGroupPlan, SchedulePlan, UserPoolClientPlan, UserPoolPlan } from './others.ts';
import type { TablePlan } from './tables.ts';

/** Everything a template asks for, as the services of this machine take it. Names are the physical ones. */
export type Plan = {
  stackName: string;
  tables: TablePlan[];
  buckets: BucketSettings[];
  queues: QueueSettings[];
  functions: FunctionSettings[];
  eventSources: EventSourceSettings[];
  /** What becomes of events that are not waited for (EventBridge Scheduler's) when the function fails. */
  asyncInvocations: AsyncInvocationPlan[];
  httpApi?: HttpApiPlan;
  webSocketApi?: WebSocketApiPlan;
  subscriptions: SubscriptionPlan[];
  mailRules: MailRulePlan[];
  scheduleGroups: ScheduleGroupPlan[];
  schedules: SchedulePlan[];
  keys: KeyPlan[];
  userPools: UserPoolPlan[];
  userPoolClients: UserPoolClientPlan[];
  outputs: Record<string, string>;
};
