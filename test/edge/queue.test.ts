import assert from 'node:assert/strict';
import test from 'node:test';
import { queueHandler } from '@parley/core/edge/queue.ts';
import type { SQSEvent } from 'aws-lambda';

const hidden: [string, number][] = [];
const hide = (handle: string, seconds: number) => Promise.resolve(void hidden.push([handle, seconds]));

function event(...records: { id: string; group?: string; receives?: number }[]): SQSEvent {
  return {
    Records: records.map(({ id, group, receives = 1 }) => ({
      messageId: id,
      receiptHandle: `handle ${id}`,
      body: JSON.stringify(id),
      attributes: { ApproximateReceiveCount: String(receives), ...(group && { MessageGroupId: group }) },
    })),
  } as SQSEvent;
}

function undone({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }): string[] {
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

test('what is done is deleted; one that has to wait holds up its own group only', async () => {
  hidden.length = 0;
  const handler = queueHandler<string>({
    work: ({ task }) => Promise.resolve(task === 'wait' ? { outcome: 'later', afterMs: 1500 } : { outcome: 'done' }),
    hide,
  });
  const answer = await handler(
    event({ id: 'wait', group: 'a' }, { id: 'behind', group: 'a' }, { id: 'free', group: 'b' }),
  );
  assert.deepEqual(undone(answer), ['wait', 'behind']);
  assert.deepEqual(hidden, [
    ['handle wait', 2],
    ['handle behind', 2],
  ]);
});

test('a task whose work threw comes back when its visibility times out, or when the queue says', async () => {
  hidden.length = 0;
  assert.deepEqual(undone(await queueHandler({ work: fails, hide })(event({ id: 'a' }))), ['a']);
  assert.deepEqual(hidden, []);
  assert.deepEqual(
    undone(await queueHandler({ work: fails, hide, afterError: oneSecondEach })(event({ id: 'a', receives: 3 }))),
    ['a'],
  );
  assert.deepEqual(hidden, [['handle a', 3]]);
});

test('what there is no time left for is given back at once, in its order', async (t) => {
  hidden.length = 0;
  // the clock goes on while a task is worked on, and not before, however slow the machine
  t.mock.timers.enable({ apis: ['Date'] });
  const worked: string[] = [];
  const work = async ({ task }: { task: string }) => {
    worked.push(task);
    await Promise.resolve();
    t.mock.timers.tick(60);
    return { outcome: 'done' } as const;
  };
  const handler = queueHandler<string>({ work, hide, mostMs: 40 });
  const answer = await handler(event(...['1', '2', '3'].map((id) => ({ id, group: 'a' })), { id: '4', group: 'b' }));
  assert.deepEqual(
    [worked.toSorted(), undone(answer)],
    [
      ['1', '4'],
      ['2', '3'],
    ],
  );
  assert.deepEqual(hidden, [
    ['handle 2', 0],
    ['handle 3', 0],
  ]);
});

function fails(): Promise<never> {
  return Promise.reject(new Error('the bucket is away'));
}

function oneSecondEach(receives: number): number {
  return receives * 1000;
}
