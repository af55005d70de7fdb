import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import type { HttpApi } from './http-api.ts';
import { invokingRole } from './invoking-role.ts';
import type { Storage } from './storage.ts';

export interface AccountHealthProps {
  http: HttpApi;
  bundles: Bundles;
  storage: Storage;
}

/** Asks the providers every few minutes how the channel accounts do. */
export class AccountHealth extends Construct {
  constructor(scope: Construct, id: string, props: AccountHealthProps) {
    super(scope, id);
    const fn = checker(this, props);
    const group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
    new CfnSchedule(this, 'Every', {
      description: 'Parley: how do the channel accounts do?',
      groupName: group.scheduleGroupName,
      scheduleExpression: 'rate(10 minutes)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: fn.lambda.functionArn, roleArn: invokingRole(this, fn, group).roleArn, input: '{}' },
    });
  }
}

function checker(scope: Construct, { http, bundles, storage }: AccountHealthProps): LambdaFunction {
  const fn = new LambdaFunction(scope, 'Health', { bundles, code: 'health', timeout: Duration.minutes(5) });
  // templates that the provider has no more are deleted
  storage.grantItems(fn, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
  // credentials that are about to run out are renewed
  storage.grantCredentialKey(fn, 'Encrypt', 'Decrypt');
  // providers that have stopped are told anew where to send webhooks
  fn.tell({ PUBLIC_URL: http.url });
  // the next time comes by itself
  fn.lambda.configureAsyncInvoke({ retryAttempts: 0 });
  return fn;
}
