import assert from 'node:assert/strict';
import test from 'node:test';
import {
  ConflictException,
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  ValidationException,
  type CreateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { START, MINUTE, RoleArn, queueArn, begin, schedule } from './start-scheduler.ts';

test('the same creation with the same token is one, anything else of that name a conflict', async (t) => {
  const { client } = await begin(t);
  const input = schedule('at(2026-06-01T00:01:00)', { ClientToken: 'token' });
  const [first, again] = [
    await client.send(new CreateScheduleCommand(input)),
    await client.send(new CreateScheduleCommand(input)),
  ];
  assert.equal(first.ScheduleArn, again.ScheduleArn);
  for (const other of [{ ClientToken: 'other' }, { Description: 'other' }]) {
    await assert.rejects(client.send(new CreateScheduleCommand({ ...input, ...other })), ConflictException);
  }
});

test('what AWS refuses is refused', async (t) => {
  const { client } = await begin(t);
  const at = 'at(2026-06-01T00:01:00)';
  const target = schedule(at).Target;
  const wrong: CreateScheduleCommandInput[] = [
    schedule('cron(0 1 * * * *)'),
    schedule('at(2026-05-31T23:59:59)'),
    schedule(at, { ScheduleExpressionTimezone: 'Mars/Olympus' }),
    schedule('rate(1 hour)', { StartDate: new Date(START - 6 * MINUTE) }),
    schedule(at, { Name: 'a b' }),
    schedule(at, { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }),
    schedule(at, { Target: { ...target, Arn: target?.Arn, RoleArn, Input: 'not json' } }),
    schedule(at, { Target: { Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:x', RoleArn } }),
    schedule(at, { Target: { Arn: queueArn, RoleArn } }),
    schedule(at, { Target: { ...target, Arn: target?.Arn, RoleArn: 'role' } }),
  ];
  for (const input of wrong) await assert.rejects(client.send(new CreateScheduleCommand(input)), ValidationException);
  await assert.rejects(
    client.send(new CreateScheduleCommand(schedule(at, { GroupName: 'nowhere' }))),
    ResourceNotFoundException,
  );
});

test('groups keep names apart, and a listing goes page by page', async (t) => {
  const { client } = await begin(t);
  await client.send(new CreateScheduleGroupCommand({ Name: 'sends' }));
  await assert.rejects(client.send(new CreateScheduleGroupCommand({ Name: 'sends' })), ConflictException);
  assert.equal((await client.send(new GetScheduleGroupCommand({ Name: 'sends' }))).State, 'ACTIVE');
  await assert.rejects(client.send(new GetScheduleGroupCommand({ Name: 'none' })), ResourceNotFoundException);
  for (const Name of ['c', 'a', 'b'])
    await client.send(new CreateScheduleCommand(schedule('rate(1 day)', { Name, GroupName: 'sends' })));
  await client.send(new CreateScheduleCommand(schedule('rate(1 day)', { Name: 'a', State: 'DISABLED' })));
  const first = await client.send(new ListSchedulesCommand({ GroupName: 'sends', MaxResults: 2 }));
  const second = await client.send(
    new ListSchedulesCommand({ GroupName: 'sends', MaxResults: 2, NextToken: first.NextToken }),
  );
  assert.deepEqual(
    [...(first.Schedules ?? []), ...(second.Schedules ?? [])].map(({ Name }) => Name),
    ['a', 'b', 'c'],
  );
  assert.equal(second.NextToken, undefined);
  const disabled = await client.send(new ListSchedulesCommand({ NamePrefix: 'a', State: 'DISABLED' }));
  assert.deepEqual(
    disabled.Schedules?.map(({ GroupName }) => GroupName),
    ['default'],
  );
});

test('a schedule is given back with its defaults', async (t) => {
  const { client } = await begin(t);
  await client.send(new CreateScheduleCommand(schedule('rate(1 day)', { StartDate: new Date(START) })));
  const seen = await client.send(new GetScheduleCommand({ Name: 'one' }));
  assert.equal(seen.GroupName, 'default');
  assert.equal(seen.ScheduleExpressionTimezone, 'UTC');
  assert.equal(seen.ActionAfterCompletion, 'NONE');
  assert.deepEqual(seen.StartDate, new Date(START));
  assert.deepEqual(seen.Target?.RetryPolicy, { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
});
