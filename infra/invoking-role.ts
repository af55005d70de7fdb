import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { LambdaFunction } from './function.ts';

/**
 * The role with which the schedules of a group invoke a function, and can do nothing else. The condition keeps schedules of other groups and accounts
 * from borrowing it: docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function invokingRole(scope: Construct, fn: LambdaFunction, group: ScheduleGroup): Role {
  const conditions = { StringEquals: { 'aws:SourceArn': group.scheduleGroupArn } };
  const assumedBy = new ServicePrincipal('scheduler.amazonaws.com', { conditions });
  const role = new Role(scope, 'InvokingRole', { assumedBy });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.lambda.functionArn] }));
  return role;
}
