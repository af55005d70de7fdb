import assert from 'node:assert/strict';
import test from 'node:test';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ResourceNotFoundException,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { openStore } from '@parley/local/scheduler/store.ts';
import { START, MINUTE, start, begin, schedule } from './start-scheduler.ts';

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
