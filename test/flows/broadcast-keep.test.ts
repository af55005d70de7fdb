import assert from 'node:assert/strict';
import test from 'node:test';
import { kept } from '@parley/core/flows/broadcast/keep.ts';
import { eventually } from '../support/eventually.ts';

/** A task that is broken off is back within a minute: SQS shows it again when it has been hidden for so long. */
const SOON_MS = 60_000;

test('a task is hidden for as long as its work takes, and never for long at a time', async () => {
  const hidden: number[] = [];
  const hide = async (ms: number) => void hidden.push(ms);
  const done = await kept(hide, () => eventually('hidden again', async () => hidden.length >= 4 && 'done'), 5);
  assert.equal(done, 'done');
  assert.ok(hidden.every((ms) => ms > 0 && ms <= SOON_MS));
  const times = hidden.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(hidden.length, times, 'not any more when it is done');
});

test('work that throws, and a queue that does not answer once, are neither lost nor in the way', async () => {
  let asked = 0;
  const hide = async () => {
    asked += 1;
    if (asked === 2) throw new Error('the queue is away');
  };
  const broken = kept(
    hide,
    async () => {
      await eventually('hidden again', async () => asked >= 3);
      throw new Error('broken off');
    },
    5,
  );
  await assert.rejects(broken, /broken off/);
});
