import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { watchFrameSizes } from '@parley/local/websocket-api/frame-sizes.ts';

function frame(size: number, masked: boolean): Buffer {
  const mask = masked ? 0x80 : 0;
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(size));
  const extended = size > 0xffff ? length : size > 125 ? length.subarray(6) : Buffer.alloc(0);
  const short = size > 0xffff ? 127 : size > 125 ? 126 : size;
  return Buffer.concat([Buffer.from([0x81, mask | short]), extended, Buffer.alloc(masked ? 4 : 0), Buffer.alloc(size)]);
}

test('every frame is reported once with its size, however the bytes are cut', () => {
  const size = fc.oneof(fc.nat(130), fc.integer({ min: 65_530, max: 65_540 }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(size, fc.boolean()), { maxLength: 5 }),
      fc.integer({ min: 1, max: 70_000 }),
      (frames, cut) => {
        const bytes = Buffer.concat(frames.map(([length, masked]) => frame(length, masked)));
        const seen: number[] = [];
        const watch = watchFrameSizes((length) => seen.push(length));
        for (let at = 0; at < bytes.length; at += cut) watch(bytes.subarray(at, at + cut));
        assert.deepEqual(
          seen,
          frames.map(([length]) => length),
        );
      },
    ),
    { numRuns: 50 },
  );
});
