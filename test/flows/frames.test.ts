import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { framesOf } from '@parley/core/flows/project/push.ts';
import type { LiveChange } from '@parley/core/flows/project/push.ts';

interface Frame {
  seq: number;
  changes: LiveChange[];
  more?: true;
}

const KB = 1024;
const changeOf = (id: number, message: string): LiveChange => ({ type: 'message.created', data: { id, message } });
const bytesAlone = (change: LiveChange) => Buffer.byteLength(JSON.stringify({ seq: 7, changes: [change], more: true }));
const read = (frame: string): Frame => JSON.parse(frame) as Frame;

test('a step of the feed is one frame', () => {
  const changes = [changeOf(1, 'مرحبا'), changeOf(2, 'Hello')];
  assert.deepEqual(framesOf(7, changes).map(read), [{ seq: 7, changes }]);
});

test('what no frame can hold is left out, and the frame says that there is more', () => {
  const frames = framesOf(7, [changeOf(1, 'x'.repeat(128 * KB)), changeOf(2, 'small')]).map(read);
  assert.deepEqual(frames, [{ seq: 7, changes: [changeOf(2, 'small')], more: true }]);
  assert.deepEqual(framesOf(7, [changeOf(1, 'x'.repeat(128 * KB))]).map(read), [{ seq: 7, changes: [], more: true }]);
});

test('frames keep within 128 KB, lose nothing, keep the order, and are no more than needed', () => {
  const sizes = fc.array(fc.oneof(fc.nat(200 * KB), fc.integer({ min: 127 * KB, max: 128 * KB })), { maxLength: 8 });
  fc.assert(
    fc.property(sizes, fc.constantFrom('x', 'ج'), (lengths, letter) => {
      const changes = lengths.map((length, id) => changeOf(id, letter.repeat(length / Buffer.byteLength(letter))));
      const texts = framesOf(7, changes);
      for (const text of texts) assert.ok(Buffer.byteLength(text) <= 128 * KB);
      const told = texts.map(read);
      const ids = told.flatMap((frame) => frame.changes.map(({ data }) => Number(data['id'])));
      const fitting = changes.filter((change) => bytesAlone(change) < 128 * KB);
      assert.deepEqual(
        ids,
        fitting.map(({ data }) => data['id']),
      );
      for (const frame of told) assert.equal(frame.more === true, fitting.length < changes.length);
      for (const [index, text] of texts.entries()) {
        const next = told[index + 1]?.changes[0];
        if (next) assert.ok(Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(next)) + 12 > 128 * KB);
      }
    }),
    { numRuns: 60 },
  );
});
