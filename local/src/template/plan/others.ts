import type { Resource } from '../scope.ts';
import { ofType } from './parse.ts';

/** `properties` are those of CloudFormation, resolved. */
export type UserPoolPlan = { id: string; properties: Readonly<Record<string, unknown>> };
export type UserPoolClientPlan = { id: string; userPoolId: string; properties: Readonly<Record<string, unknown>> };
/** `aliases` include the prefix `alias/`. */
export type KeyPlan = { id: string; arn: string; aliases: string[] };
export type ScheduleGroupPlan = { name: string };
/** `document` is what CreateSchedule takes. */
export type SchedulePlan = { name: string; document: Readonly<Record<string, unknown>> };

export function planScheduleGroups(resources: readonly Resource[]): ScheduleGroupPlan[] {
  return ofType(resources, 'AWS::Scheduler::ScheduleGroup').map(({ ref }) => ({ name: ref }));
}

export function planSchedules(resources: readonly Resource[]): SchedulePlan[] {
  return ofType(resources, 'AWS::Scheduler::Schedule').map(({ ref, properties }) => ({
    name: ref,
    document: Object.fromEntries(Object.entries(properties).filter(([name]) => name !== 'Name')),
  }));
}

export function planUserPools(resources: readonly Resource[]): UserPoolPlan[] {
  return ofType(resources, 'AWS::Cognito::UserPool').map(({ ref, properties }) => ({ id: ref, properties }));
}

export function planUserPoolClients(resources: readonly Resource[]): UserPoolClientPlan[] {
  return ofType(resources, 'AWS::Cognito::UserPoolClient').map(({ ref, properties }) => ({
    id: ref,
    userPoolId: String(properties['UserPoolId']),
    properties,
  }));
}

export function planKeys(resources: readonly Resource[]): KeyPlan[] {
  const aliases = ofType(resources, 'AWS::KMS::Alias');
  return ofType(resources, 'AWS::KMS::Key').map(({ ref }) => {
    const arn = `arn:aws:kms:us-east-1:000000000000:key/${ref}`;
    const own = aliases.filter(({ properties }) => [ref, arn].includes(String(properties['TargetKeyId'])));
    return { id: ref, arn, aliases: own.map((alias) => alias.ref) };
  });
}
