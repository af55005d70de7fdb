import assert from 'node:assert/strict';
import test from 'node:test';
import { CreateScheduleCommand, GetScheduleCommand, ResourceNotFoundException } from '@aws-sdk/client-scheduler';
import { MINUTE, RoleArn, queueArn, begin, schedule } from './start-scheduler.ts';

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

test('a function’s own limits count, then its failure queue gets a record', async (t) => {
  const { world, client } = await begin(t);
  world.limits = { maxRetries: 1, maxAgeSeconds: 3600, onFailureArn: 'arn:aws:sqs:us-east-1:000000000000:failed' };
  world.answer.invoke = async () => ({ ok: false, errorType: 'Error', errorMessage: 'no' });
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)')));
  for (let minute = 1; minute <= 8; minute++) await world.clock.advance(MINUTE);
  assert.equal(world.calls.length, 2);
  const [failed, ...more] = world.sent;
  assert.deepEqual(more, []);
  assert.equal(failed?.queueArn, 'arn:aws:sqs:us-east-1:000000000000:failed');
  const record = JSON.parse(failed.body) as Record<string, Record<string, unknown>>;
  assert.equal(record['requestContext']?.['condition'], 'RetriesExhausted');
  assert.equal(record['requestContext']['approximateInvokeCount'], 2);
  assert.deepEqual(record['requestPayload'], { id: 1 });
  assert.deepEqual(record['responsePayload'], { errorMessage: 'no', errorType: 'Error' });
});

test('an event too old for another try is given up', async (t) => {
  const { world, client } = await begin(t);
  world.limits = { maxRetries: 2, maxAgeSeconds: 60, onFailureArn: 'arn:aws:sqs:us-east-1:000000000000:failed' };
  world.answer.invoke = async () => ({ ok: false, errorType: 'Error', errorMessage: 'no' });
  await client.send(new CreateScheduleCommand(schedule('at(2026-06-01T00:01:00)')));
  for (let minute = 1; minute <= 8; minute++) await world.clock.advance(MINUTE);
  assert.equal(world.calls.length, 2);
  assert.match(world.sent[0]?.body ?? '', /"condition":"EventAgeExceeded"/);
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
