import assert from 'node:assert/strict';
import test from 'node:test';
import { createGate } from '../../../local/src/providers/gate.ts';

test('no more are inside than may be, whoever waits goes in the order they came, and a failure gives its place back', async () => {
  const gate = createGate(3);
  const began: number[] = [];
  let inside = 0;
  let most = 0;
  const visit = (index: number) =>
    gate.through(async () => {
      began.push(index);
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((done) => setImmediate(done));
      inside -= 1;
      if (index % 5 === 0) throw new Error(`${index}`);
      return index;
    });
  const indexes = Array.from({ length: 100 }, (_, index) => index);
  const visits = await Promise.allSettled(indexes.map(visit));
  assert.equal(most, 3);
  assert.deepEqual(began, indexes);
  assert.equal(visits.filter(({ status }) => status === 'rejected').length, 20);
  assert.equal(await visit(101), 101);
});
