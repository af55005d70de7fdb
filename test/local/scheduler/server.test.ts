import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import {
  ConflictException,
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
  type CreateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import type { Invoke } from '@parley/local/http-api/invoke.ts';
import type { QueueMessage } from '@parley/local/scheduler/delivery.ts';
import { startScheduler } from '@parley/local/scheduler/server.ts';
import { openStore } from '@parley/local/scheduler/store.ts';

const START = Date.parse('2026-06-01T00:00:00Z');
const MINUTE = 60_000;
const RoleArn = 'arn:aws:iam::000000000000:role/scheduler';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:late.fifo';

/** A clock that only moves when told to. */
function manualClock() {
  let now = START;
  let timer: (() => void) | undefined;
  return {
    now: () => now,
    setTimer(callback: () => void) {
      timer = callback;
      return () => (timer = undefined);
    },
    async advance(ms: number) {
      now += ms;
      timer?.();
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

type World = ReturnType<typeof createWorld>;

/** A data file, a clock, and what the targets saw. It outlives restarts of the service. */
function createWorld(t: TestContext) {
  const dir = mkdtempSync(join(tmpdir(), 'scheduler-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const answer: { invoke: Invoke } = { invoke: async () => ({ ok: true, payload: null }) };
  return {
    file: join(dir, 'scheduler.sqlite'),
    clock: manualClock(),
    calls: [] as { functionName: string; event: unknown }[],
    sent: [] as ({ queueArn: string } & QueueMessage)[],
    answer,
  };
}

async function start(t: TestContext, world: World) {
  const server = await startScheduler({
    file: world.file,
    now: () => world.clock.now(),
    setTimer: (callback) => world.clock.setTimer(callback),
    invoke(functionName, event) {
      world.calls.push({ functionName, event });
      return world.answer.invoke(functionName, event);
    },
    async sendToQueue(arn, message) {
      world.sent.push({ queueArn: arn, ...message });
    },
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SchedulerClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  let closing: Promise<void> | undefined;
  const stop = () => (closing ??= server.close());
  t.after(async () => {
    client.destroy();
    await stop();
  });
  return { client, stop };
}

async function begin(t: TestContext) {
  const world = createWorld(t);
  return { world, ...(await start(t, world)) };
}

function schedule(
  ScheduleExpression: string,
  more: Partial<CreateScheduleCommandInput> = {},
): CreateScheduleCommandInput {
  return {
    Name: 'one',
    ScheduleExpression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:send', RoleArn, Input: '{"id":1}' },
    ...more,
  };
}

test('a one-time schedule fires once, at its time in its zone, and then deletes itself', async (t) => {
  const { world, client } = await begin(t);
  const input = schedule('at(2026-06-01T02:01:00)', {
    ScheduleExpressionTimezone: 'Europe/Berlin',
    ActionAfterCompletion: 'DELETE',
  });
  const { ScheduleArn } = await client.send(new CreateScheduleCommand(input));
  assert.equal(ScheduleArn, 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/one');
  await world.clock.advance(MINUTE - 1);
  assert.deepEqual(world.calls, []);
  await world.clock.advance(1);
  await world.clock.advance(MINUTE);
  assert.deepEqual(world.calls, [{ functionName: 'send', event: { id: 1 } }]);
  await assert.rejects(client.send(new GetScheduleCommand({ Name: 'one' })), ResourceNotFoundException);
});

test('without the deletion a completed schedule stays', async (t) => {
  const { world, client } = await begin(t);
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)')));
  await world.clock.advance(MINUTE);
  assert.equal(world.calls.length, 1);
  assert.equal((await client.send(new GetScheduleCommand({ Name: 'one' }))).State, 'ENABLED');
});

test('what was due while the service was off fires after the start, once', async (t) => {
  const { world, client, stop } = await begin(t);
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)')));
  await client.send(
    new CreateScheduleCommand(schedule('rate(1 minute)', { Name: 'two', StartDate: new Date(START + MINUTE) })),
  );
  await stop();
  await world.clock.advance(10 * MINUTE);
  await start(t, world);
  await world.clock.advance(0);
  assert.equal(world.calls.length, 2);
  await world.clock.advance(MINUTE);
  assert.equal(world.calls.length, 3);
});

test('a run that was cut off by the end of the process is made again', async (t) => {
  const { world, client, stop } = await begin(t);
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)')));
  await stop();
  await world.clock.advance(MINUTE);
  const dying = openStore(world.file);
  dying.takeDue(world.clock.now(), () => undefined);
  assert.equal(dying.startDeliveries(world.clock.now()).length, 1);
  assert.equal(dying.startDeliveries(world.clock.now()).length, 0);
  dying.close();
  await start(t, world);
  await world.clock.advance(0);
  assert.deepEqual(world.calls, [{ functionName: 'send', event: { id: 1 } }]);
});

test('a rate starts at once and keeps its steps until its end', async (t) => {
  const { world, client } = await begin(t);
  await client.send(new CreateScheduleCommand(schedule('rate(2 minutes)', { EndDate: new Date(START + 4 * MINUTE) })));
  for (let minute = 0; minute <= 8; minute++) await world.clock.advance(minute === 0 ? 0 : MINUTE);
  assert.equal(world.calls.length, 3);
});

test('an update replaces the schedule, and a disabled one does not run', async (t) => {
  const { world, client } = await begin(t);
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)', { Description: 'first' })));
  await client.send(new UpdateScheduleCommand(schedule('cron(3 0 * * ? *)')));
  await world.clock.advance(2 * MINUTE);
  assert.equal(world.calls.length, 0);
  await world.clock.advance(MINUTE);
  assert.equal(world.calls.length, 1);
  const seen = await client.send(new GetScheduleCommand({ Name: 'one' }));
  assert.equal(seen.ScheduleExpression, 'cron(3 0 * * ? *)');
  assert.equal(seen.Description, undefined);
  assert.deepEqual(seen.CreationDate, new Date(START));
  await client.send(new UpdateScheduleCommand(schedule('rate(1 minute)', { State: 'DISABLED' })));
  await world.clock.advance(5 * MINUTE);
  assert.equal(world.calls.length, 1);
  await assert.rejects(
    client.send(new UpdateScheduleCommand(schedule('rate(1 minute)', { Name: 'no' }))),
    ResourceNotFoundException,
  );
});

test('a deleted schedule never fires', async (t) => {
  const { world, client } = await begin(t);
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)')));
  await world.clock.advance(MINUTE - 1);
  const gone = new DeleteScheduleCommand({ Name: 'one', ClientToken: 'token' });
  await client.send(gone);
  await client.send(gone);
  await assert.rejects(client.send(new DeleteScheduleCommand({ Name: 'one' })), ResourceNotFoundException);
  await world.clock.advance(MINUTE);
  assert.deepEqual(world.calls, []);
});

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

test('a function that fails is tried three times, a minute and two minutes apart', async (t) => {
  const { world, client } = await begin(t);
  world.answer.invoke = async () => ({ ok: false, errorType: 'Error', errorMessage: 'no' });
  await client.send(
    new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)', { ActionAfterCompletion: 'DELETE' })),
  );
  const counts: number[] = [];
  for (let minute = 1; minute <= 8; minute++) {
    await world.clock.advance(MINUTE);
    counts.push(world.calls.length);
  }
  assert.deepEqual(counts, [1, 2, 2, 3, 3, 3, 3, 3]);
  await assert.rejects(client.send(new GetScheduleCommand({ Name: 'one' })), ResourceNotFoundException);
});

test('a target out of reach is retried by its policy, then goes to the dead-letter queue', async (t) => {
  const { world, client } = await begin(t);
  world.answer.invoke = () => Promise.reject(new Error('down'));
  const Target = {
    Arn: 'arn:aws:lambda:us-east-1:000000000000:function:send',
    RoleArn,
    Input: '{"try":"<aws.scheduler.attempt-number>","at":"<aws.scheduler.scheduled-time>"}',
    RetryPolicy: { MaximumRetryAttempts: 2 },
    DeadLetterConfig: { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' },
  };
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)', { Target })));
  for (let minute = 1; minute <= 5; minute++) await world.clock.advance(MINUTE);
  const at = '2026-06-01T00:01:00Z';
  assert.deepEqual(
    world.calls.map(({ event }) => event),
    ['1', '2', '3'].map((attempt) => ({ try: attempt, at })),
  );
  assert.equal(world.sent.length, 1);
  assert.equal(world.sent[0]?.queueArn, 'arn:aws:sqs:us-east-1:000000000000:dead');
  assert.equal(world.sent[0]?.attributes?.['RETRY_ATTEMPTS'], '2');
});

test('a queue target gets its input as a message of its group', async (t) => {
  const { world, client } = await begin(t);
  const Target = { Arn: queueArn, RoleArn, Input: 'hello', SqsParameters: { MessageGroupId: 'g' } };
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)', { Target })));
  await world.clock.advance(MINUTE);
  assert.deepEqual(world.sent, [{ queueArn, body: 'hello', groupId: 'g' }]);
});

test('without an input a function gets the service’s own event', async (t) => {
  const { world, client } = await begin(t);
  const Target = { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:send:live', RoleArn };
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)', { Target })));
  await world.clock.advance(MINUTE);
  const event = world.calls[0]?.event as Record<string, unknown>;
  assert.equal(event['source'], 'aws.scheduler');
  assert.equal(event['time'], '2026-06-01T00:01:00Z');
  assert.deepEqual(event['resources'], ['arn:aws:scheduler:us-east-1:000000000000:schedule/default/one']);
});
