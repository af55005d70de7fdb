import assert from 'node:assert/strict';

const LONG = 200_000;

/** What takes seconds here has a reader that can be made slow: one whose time grows as the square of the text takes minutes. */
const MOST_MS = 5000;

/** Reads texts made of one part over and over, 200,000 signs long, which is what makes a reader slow when it is one that can be made slow. */
export function readHostile(parts: string[], read: (text: string) => unknown): void {
  for (const part of parts) {
    const text = part.repeat(Math.ceil(LONG / part.length));
    const started = performance.now();
    read(text);
    assert.ok(performance.now() - started < MOST_MS, JSON.stringify(part));
  }
}
