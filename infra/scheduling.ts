import type { Role } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import type { HttpApi } from './http-api.ts';
import { invokingRole } from './invoking-role.ts';
import { DeadLetterQueue } from './queue.ts';
import type { Storage } from './storage.ts';

export interface SchedulingProps {
  http: HttpApi;
  bundles: Bundles;
  storage: Storage;
}

/** Messages and broadcasts for later, and series: a schedule each, which wakes the scheduler function with a role that can do nothing else. */
export class Scheduling extends Construct {
  readonly #group: ScheduleGroup;
  readonly #role: Role;
  readonly #scheduler: LambdaFunction;

  constructor(scope: Construct, id: string, props: SchedulingProps) {
    super(scope, id);
    this.#group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    this.#scheduler = schedulerFunction(this, props);
    this.#role = invokingRole(this, this.#scheduler, this.#group);
  }

  /** Lets `fn` make schedules; each removes itself when it has fired. */
  grantCreate(fn: LambdaFunction): void {
    fn.allow(['scheduler:CreateSchedule'], [this.#schedules()]);
    fn.allow(['iam:PassRole'], [this.#role.roleArn], {
      StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    });
    fn.tell({
      SCHEDULE_GROUP: this.#group.scheduleGroupName,
      SCHEDULER_FUNCTION_ARN: this.#scheduler.lambda.functionArn,
      SCHEDULER_ROLE_ARN: this.#role.roleArn,
    });
  }

  #schedules(): string {
    const resourceName = `${this.#group.scheduleGroupName}/*`;
    return Stack.of(this).formatArn({ service: 'scheduler', resource: 'schedule', resourceName });
  }
}

// Schedules invoke without waiting for an answer; Lambda tries three times and then hands the event to the queue.
function schedulerFunction(scope: Construct, { http, bundles, storage }: SchedulingProps): LambdaFunction {
  const fn = new LambdaFunction(scope, 'Scheduler', { bundles, code: 'scheduler', timeout: Duration.seconds(30) });
  // a series makes the message of its occurrence as the api function makes one, mail with its files included
  storage.grantItems(fn, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem');
  storage.grantMedia(fn, 'GetObject', 'PutObject');
  http.tellShortUrl(fn);
  const failures = new DeadLetterQueue(scope, 'Failures', { fifo: false });
  failures.grantSend(fn);
  fn.lambda.configureAsyncInvoke({
    retryAttempts: 2,
    onFailure: { bind: () => ({ destination: failures.queue.queueArn }) },
  });
  return fn;
}
