import assert from 'node:assert/strict';
import test from 'node:test';
import { placeNear } from '../../inbox/src/ui/place.ts';

const markAt = (left: number, top: number) => ({ getBoundingClientRect: () => ({ left, top, bottom: top + 20 }) });

test('a status history stands above its mark, or below where there is no room, and never over the edge', () => {
  assert.deepEqual(placeNear(markAt(600, 500), 1280, 800), { left: 455, bottom: 304 });
  assert.deepEqual(placeNear(markAt(600, 100), 1280, 800), { left: 455, top: 124 });
  assert.deepEqual(placeNear(markAt(380, 500), 390, 844), { left: 92, bottom: 348 });
  assert.deepEqual(placeNear(markAt(5, 500), 390, 844), { left: 8, bottom: 348 });
});
