import assert from 'node:assert/strict';
import { processorMs } from '../../support/processor-time.ts';

const LONG = 200_000;

/** Finds a reader whose time grows with the square of the text, which takes minutes here; how it does grow is measured by bench/linear.ts. */
const MOST_MS = 5000;

/** Reads texts made of one part over and over, 200,000 signs long, which is what makes a reader slow when it is one that can be made slow. */
export function readHostile(parts: readonly string[], read: (text: string) => unknown): void {
  for (const part of parts) {
    const text = part.repeat(Math.ceil(LONG / part.length));
    assert.ok(processorMs(() => read(text)) < MOST_MS, JSON.stringify(part));
  }
}
