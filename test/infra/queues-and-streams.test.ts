import assert from 'node:assert/strict';
import test from 'node:test';
import { LONGEST_HIDE_MS } from '@parley/core/store/queues.ts';
import { ofType, plans, type Resource, referredTo, synthesize } from './synthesized.ts';

const { template, resources } = synthesize();

test('every queue has a dead-letter queue, and each of the two kinds its alarm', () => {
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const working = queues.filter(([, { Properties }]) => Properties['RedrivePolicy']);
  assert.equal(working.length, 10);
  for (const [id, queue] of working) {
    assert.deepEqual(alarmsOf(id), ['ApproximateAgeOfOldestMessage'], id);
    const behind = referredTo(queue.Properties['RedrivePolicy']) ?? '';
    assert.equal(resources[behind]?.Properties['FifoQueue'], queue.Properties['FifoQueue'], id);
  }
  const deadLetters = queues.filter(([name]) => !working.some(([other]) => other === name));
  assert.ok(deadLetters.length > 0);
  for (const [id] of deadLetters) {
    assert.deepEqual(alarmsOf(id), ['ApproximateNumberOfMessagesVisible'], id);
  }
});

test('a message can be hidden for as long as is asked, whenever within its visibility timeout that is', () => {
  for (const [id, { Properties }] of ofType(resources, 'AWS::SQS::Queue')) {
    const since = Number(Properties['VisibilityTimeout'] ?? 30);
    assert.ok(since + LONGEST_HIDE_MS / 1000 <= 12 * 3600, id);
  }
});

test('every function has an alarm for errors, every stream reader one for its lag, and all ring at one topic', () => {
  const readers = new Set(streamReaders().map(({ Properties }) => referredTo(Properties['FunctionName'])));
  for (const [id] of ofType(resources, 'AWS::Lambda::Function')) {
    assert.deepEqual(alarmsOf(id).sort(), readers.has(id) ? ['Errors', 'IteratorAge'] : ['Errors'], id);
  }
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: '5xx' });
  const topics = ofType(resources, 'AWS::CloudWatch::Alarm').map(([, alarm]) =>
    referredTo(alarm.Properties['AlarmActions']),
  );
  assert.deepEqual([...new Set(topics)], [ofType(resources, 'AWS::SNS::Topic')[0]?.[0]]);
});

test('both stream readers retry until the record is gone and then keep it', () => {
  const patterns = streamReaders().map(({ Properties }) => {
    assert.equal(Properties['BatchSize'], 100);
    assert.equal(Properties['BisectBatchOnFunctionError'], true);
    assert.equal(Properties['MaximumRecordAgeInSeconds'], 86_400);
    assert.equal(Properties['StartingPosition'], 'TRIM_HORIZON');
    assert.deepEqual(Properties['FunctionResponseTypes'], ['ReportBatchItemFailures']);
    assert.equal(resources[referredTo(Properties['DestinationConfig']) ?? '']?.Type, 'AWS::SQS::Queue');
    const filters = Object(Properties['FilterCriteria']).Filters as { Pattern: string }[];
    // Lambda takes no more of a mapping unless asked
    assert.ok(filters.length <= 5);
    return filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown);
  });
  const there = { pk: { S: [{ exists: true }] } };
  const message = { sk: { S: [{ prefix: 'message#' }] } };
  assert.deepEqual(patterns, [
    [{ dynamodb: { NewImage: { due: { S: [{ 'anything-but': ['account', 'broadcast'] }] } } } }],
    [
      { dynamodb: { Keys: { sk: { S: [{ prefix: 'account#' }, { prefix: 'brd_' }] } }, NewImage: there } },
      {
        dynamodb: {
          Keys: { sk: { S: ['conversation'] } },
          OldImage: there,
          NewImage: { ...there, told: { BOOL: [{ exists: false }] } },
        },
      },
      {
        dynamodb: {
          Keys: message,
          OldImage: { due: { S: [{ exists: false }, { 'anything-but': ['send'] }] } },
          NewImage: there,
        },
      },
      { dynamodb: { Keys: message, NewImage: { ...there, claimed: { N: [{ exists: false }] } } } },
      {
        dynamodb: { Keys: message, OldImage: { wait: { M: { reason: { S: [{ exists: true }] } } } }, NewImage: there },
      },
    ],
  ]);
});

test('a sender gets ten sends of its own queue at a time, as many at once as the setting says', () => {
  const { resources: narrowed } = synthesize(plans, { senderConcurrency: '7', bulkConcurrency: '3' });
  const sources = ofType(narrowed, 'AWS::Lambda::EventSourceMapping').filter(([id]) => id.includes('Sender'));
  assert.equal(sources.length, 8);
  for (const [id, { Properties }] of sources) {
    assert.equal(Properties['BatchSize'], 10, id);
    assert.deepEqual(Properties['FunctionResponseTypes'], ['ReportBatchItemFailures'], id);
    const isBulk = id.includes('BulkWork');
    assert.deepEqual(Properties['ScalingConfig'], { MaximumConcurrency: isBulk ? 3 : 7 }, id);
    assert.equal(referredTo(Properties['EventSourceArn'])?.includes('Bulk'), isBulk, id);
    assert.equal(narrowed[referredTo(Properties['EventSourceArn']) ?? '']?.Properties['FifoQueue'], true, id);
  }
});

test('a queue hides a message for six times the timeout of its function', () => {
  for (const [id, { Properties }] of ofType(resources, 'AWS::Lambda::EventSourceMapping')) {
    const queue = resources[referredTo(Properties['EventSourceArn']) ?? ''];
    if (queue?.Type !== 'AWS::SQS::Queue') continue;
    const timeout = Number(resources[referredTo(Properties['FunctionName']) ?? '']?.Properties['Timeout']);
    assert.equal(queue.Properties['VisibilityTimeout'], 6 * timeout, id);
  }
});

function alarmsOf(id: string): string[] {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties);
  return alarms.filter((alarm) => referredTo(alarm['Dimensions']) === id).map((alarm) => String(alarm['MetricName']));
}

function streamReaders(): Resource[] {
  const readers = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(([, reader]) => reader);
  return readers.filter((reader) => JSON.stringify(reader.Properties['EventSourceArn']).includes('StreamArn'));
}
