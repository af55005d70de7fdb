import assert from 'node:assert/strict';
import test from 'node:test';
import { synthesized } from '@parley/local/product.ts';
import { readTemplate } from '@parley/local/template/read-template.ts';
import { resolve } from '@parley/local/template/resolve.ts';
import { METRIC } from '@parley/core/store/alert.ts';
import { ofType, referredTo, synthesize } from './synthesized.ts';

const { resources } = synthesize();
const nowhere = { queues: '', httpApi: '', webSocketApi: '', webSocketManagement: '', userPools: '' };

test('one schedule asks every ten minutes how the accounts do, with a role that can do nothing else', () => {
  const [[, schedule] = [], ...others] = ofType(resources, 'AWS::Scheduler::Schedule');
  assert.equal(others.length, 0);
  assert.equal(schedule?.Properties['ScheduleExpression'], 'rate(10 minutes)');
  const target = Object(schedule?.Properties['Target']);
  const fn = referredTo(target.Arn);
  assert.equal(resources[fn ?? '']?.Properties['Description'], 'Parley health');
  const role = referredTo(target.RoleArn);
  const policies = ofType(resources, 'AWS::IAM::Policy').filter(
    ([, policy]) => referredTo(policy.Properties['Roles']) === role,
  );
  const [statement, ...more] = policies.flatMap(([, policy]) => Object(policy.Properties['PolicyDocument']).Statement);
  assert.equal(more.length, 0);
  assert.deepEqual([statement.Action, referredTo(statement.Resource)], ['lambda:InvokeFunction', fn]);
});

test('an account that needs to be connected again rings an alarm, by the metric that is written', () => {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const [alarm] = alarms.filter(({ MetricName }) => MetricName === METRIC.name);
  assert.deepEqual([alarm?.['Namespace'], alarm?.['Threshold']], [METRIC.namespace, 1]);
});

test('one machine runs the schedule as the template declares it', () => {
  const { schedules, scheduleGroups, functions } = resolve(readTemplate(synthesized), nowhere);
  const [schedule] = schedules;
  assert.equal(schedule?.document['ScheduleExpression'], 'rate(10 minutes)');
  assert.ok(scheduleGroups.some(({ name }) => name === schedule?.document['GroupName']));
  const { Arn } = Object(schedule?.document['Target']);
  assert.ok(functions.some(({ name }) => String(Arn).endsWith(`:function:${name}`)));
});
