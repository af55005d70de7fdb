import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { MOST_TRIES, queueDefaults, startCloud, streamOf } from './cloud.ts';

type Record = { dynamodb: { SequenceNumber: string; Keys: { pk: { S: string }; sk: { S: string } } } };

test('records come in order, in batches, and once each', async (t) => {
  const cloud = await startCloud(t);
  for (let index = 0; index < 25; index += 1) await cloud.put('c', String(index));
  const batches: string[][] = [];
  const sources = cloud.listen(streamOf({}, { batchSize: 10 }), (event) => void batches.push(keysOf(event)));
  await sources.drain();
  assert.deepEqual(
    batches.map((batch) => batch.length),
    [10, 10, 5],
  );
  assert.deepEqual(
    batches.flat(),
    Array.from({ length: 25 }, (_, index) => `c/${index}`),
  );
});

test('a record reaches its function within 20 ms of the answer to the write', async (t) => {
  const cloud = await startCloud(t);
  const arrivals: number[] = [];
  cloud.listen(streamOf(), () => void arrivals.push(performance.now()));
  const latencies: number[] = [];
  for (let index = 0; index < MOST_TRIES && Math.min(...latencies) >= 20; index += 1) {
    const before = arrivals.length;
    await cloud.put('c', String(index));
    const written = performance.now();
    while (arrivals.length === before) await sleep(1);
    latencies.push((arrivals.at(-1) ?? Infinity) - written);
  }
  // each is written when the one before has arrived, so the least wait is that of a source that is told, or the pause of one that asks
  assert.ok(Math.min(...latencies) < 20, String(latencies));
});

test('a record that no filter wants moves the checkpoint without an invocation', async (t) => {
  const cloud = await startCloud(t);
  const filters = [{ dynamodb: { NewImage: { kind: { S: ['message'] } } } }];
  const seen: string[] = [];
  const sources = cloud.listen(streamOf({}, { filters }), (event) => void seen.push(...keysOf(event)));
  await cloud.put('c', '1');
  await cloud.put('c', '2', 'feed');
  await sources.drain();
  assert.deepEqual(seen, ['c/1']);
  assert.equal(cloud.database.checkpoints.get('mapping'), cloud.database.streams.latest());
});

test('a restart goes on after the last batch that was processed', async (t) => {
  const cloud = await startCloud(t);
  const seen: string[] = [];
  const first = cloud.listen(streamOf(), (event) => void seen.push(...keysOf(event)));
  await cloud.put('c', '1');
  await first.drain();
  await first.close();
  await cloud.put('c', '2');
  await cloud.listen(streamOf(), (event) => void seen.push(...keysOf(event))).drain();
  assert.deepEqual(seen, ['c/1', 'c/2']);
});

test('what was being processed at a stop is delivered again', async (t) => {
  const cloud = await startCloud(t);
  const entered = Promise.withResolvers<void>();
  const first = cloud.listen(streamOf(), async () => {
    entered.resolve();
    await sleep(50);
    throw new Error('stopped in the middle');
  });
  await cloud.put('c', '1');
  await entered.promise;
  await first.close();
  const seen: string[] = [];
  await cloud.listen(streamOf(), (event) => void seen.push(...keysOf(event))).drain();
  assert.deepEqual(seen, ['c/1']);
});

test('LATEST skips what was there before the first start, and nothing after it', async (t) => {
  const cloud = await startCloud(t);
  await cloud.put('c', 'old');
  const settings = streamOf({ startingPosition: 'LATEST' });
  await cloud.listen(settings, () => assert.fail()).close();
  await cloud.put('c', 'while down');
  const seen: string[] = [];
  await cloud.listen(settings, (event) => void seen.push(...keysOf(event))).drain();
  assert.deepEqual(seen, ['c/while down']);
});

test('reported failures are delivered again from the lowest on', async (t) => {
  const cloud = await startCloud(t);
  for (const sk of ['1', '2', '3', '4']) await cloud.put('c', sk);
  const batches: string[][] = [];
  const sources = cloud.listen(streamOf(), (event) => {
    batches.push(keysOf(event));
    return batches.length === 1 ? failures(event, ['c/4', 'c/3']) : { batchItemFailures: [] };
  });
  await sources.drain();
  assert.deepEqual(batches, [
    ['c/1', 'c/2', 'c/3', 'c/4'],
    ['c/3', 'c/4'],
  ]);
});

test('an answer that makes no sense is a failure of the whole batch', async (t) => {
  const cloud = await startCloud(t);
  await cloud.put('c', '1');
  const answers = [{ batchItemFailures: [{ itemIdentifier: 'unknown' }] }, { batchItemFailures: 'x' }, null];
  let invocations = 0;
  const sources = cloud.listen(streamOf(), () => answers[invocations++]);
  await sources.drain();
  assert.equal(invocations, 3);
});

test('a batch that fails is halved until only the poison fails; given up, the queue is told and the rest goes on', async (t) => {
  const cloud = await startCloud(t, [{ ...queueDefaults, name: 'failures' }]);
  for (const sk of ['1', '2', 'poison', '4', '5']) await cloud.put('c', sk);
  const seen = new Set<string>();
  let poisoned = 0;
  const settings = streamOf({ bisect: true, maxRetries: 2, onFailureQueue: 'failures' });
  const sources = cloud.listen(settings, (event) => {
    const keys = keysOf(event);
    if (keys.includes('c/poison')) {
      if (keys.length === 1) poisoned += 1;
      throw new Error('poison');
    }
    for (const key of keys) seen.add(key);
  });
  await sources.drain();
  assert.deepEqual([...seen], ['c/1', 'c/2', 'c/4', 'c/5']);
  assert.equal(poisoned, 3);
  const [message] = await cloud.receive('failures', 1);
  const report = JSON.parse(message?.Body ?? '') as {
    DDBStreamBatchInfo: { batchSize: number };
    requestContext: { condition: string };
  };
  assert.deepEqual(
    [report.DDBStreamBatchInfo.batchSize, report.requestContext.condition],
    [1, 'RetryAttemptsExhausted'],
  );
});

test('with lanes, one partition keeps its order while another goes on', async (t) => {
  const cloud = await startCloud(t);
  const seen: string[] = [];
  let failing = true;
  const sources = cloud.listen(streamOf({ parallelizationFactor: 10 }, { batchSize: 1 }), (event) => {
    const [key = ''] = keysOf(event);
    if (failing && key.startsWith('slow/')) throw new Error('not yet');
    seen.push(key);
  });
  for (const sk of ['1', '2', '3']) for (const pk of ['slow', 'b', 'c', 'd']) await cloud.put(pk, sk);
  await eventually('another goes on', () => seen.length >= 3);
  assert.ok(
    seen.every((key) => !key.startsWith('slow/')),
    String(seen),
  );
  assert.notEqual(cloud.database.checkpoints.get('mapping'), cloud.database.streams.latest());
  failing = false;
  await sources.drain();
  for (const pk of ['slow', 'b', 'c', 'd']) {
    assert.deepEqual(
      seen.filter((key) => key.startsWith(`${pk}/`)),
      [`${pk}/1`, `${pk}/2`, `${pk}/3`],
    );
  }
  assert.equal(cloud.database.checkpoints.get('mapping'), cloud.database.streams.latest());
});

test('a batching window waits for more records', async (t) => {
  const cloud = await startCloud(t);
  const batches: string[][] = [];
  const listen = (windowSeconds: number) =>
    cloud.listen(streamOf({}, { windowSeconds, batchSize: 3 }), (event) => void batches.push(keysOf(event)));
  const patient = listen(3600);
  for (const sk of ['1', '2', '3']) await cloud.put('c', sk);
  await patient.drain();
  await patient.close();
  assert.deepEqual(batches, [['c/1', 'c/2', 'c/3']], 'until there are enough');
  const quick = listen(1);
  await cloud.put('c', '4');
  await quick.drain();
  assert.deepEqual(batches.slice(1), [['c/4']], 'or until it is over');
});

function keysOf(event: { Records: unknown[] }): string[] {
  return (event.Records as Record[]).map(({ dynamodb: { Keys } }) => `${Keys.pk.S}/${Keys.sk.S}`);
}

function failures(event: { Records: unknown[] }, failed: readonly string[]) {
  const records = event.Records as Record[];
  const items = failed.map((key) => records[keysOf(event).indexOf(key)]?.dynamodb.SequenceNumber);
  return { batchItemFailures: items.map((itemIdentifier) => ({ itemIdentifier })) };
}
