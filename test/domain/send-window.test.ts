import assert from 'node:assert/strict';
import test from 'node:test';
import { readFields } from '@parley/core/domain/fields.ts';
import { holdOf, isClosed, isWindowOpen, windowPolicy } from '@parley/core/domain/send-window.ts';

const HOUR = 3_600_000;
const lastInboundAt = Date.UTC(2026, 0, 10);
const after = (ms: number) => ({ lastInboundAt, now: lastInboundAt + ms });

test('a window closes after its hours, and what is near the end is left to the provider', () => {
  const window = { hours: 24, after: 'template' } as const;
  assert.equal(isClosed(window, after(24 * HOUR - 1)), false);
  assert.equal(isClosed(window, after(24 * HOUR + 2000)), false);
  assert.equal(isClosed(window, after(24 * HOUR + 60_000)), true);
});

test('what clients are told of a window is exact', () => {
  const open = (ms: number) => isWindowOpen({ hours: 24 }, lastInboundAt, lastInboundAt + ms);
  assert.deepEqual([24 * HOUR - 1, 24 * HOUR].map(open), [true, false]);
  assert.equal(isWindowOpen({ hours: 24 }, undefined, lastInboundAt), false);
});

test('where a tag goes on after the window, it is open as long as the tag for what a person writes', () => {
  const window = { hours: 24, after: 'tag', tagHours: 168 } as const;
  const byPerson = true;
  assert.equal(isClosed(window, { ...after(100 * HOUR), byPerson }), false);
  assert.equal(isClosed(window, { ...after(169 * HOUR), byPerson }), true);
  assert.equal(isClosed(window, after(23 * HOUR)), false);
  assert.equal(isClosed(window, after(25 * HOUR)), true);
  assert.equal(isClosed({ hours: 24, after: 'template' }, { ...after(25 * HOUR), byPerson }), true);
});

test('of a customer who never wrote to us the provider knows better', () => {
  assert.equal(isClosed({ hours: 24, after: 'template' }, { lastInboundAt: undefined, now: Date.now() }), false);
});

test('a held message waits for a week, or as long as it is told', () => {
  assert.equal(holdOf('hold'), 168 * HOUR);
  assert.equal(holdOf({ hold: { hours: 3 } }), 3 * HOUR);
  assert.equal(holdOf('refuse'), undefined);
  assert.equal(holdOf({ template: { name: 'again', language: 'en' } }), undefined);
});

test('a policy says what it takes', () => {
  const template = { name: 'again', language: 'en', parameters: ['Mona'] };
  for (const good of ['refuse', 'hold', { hold: { hours: 3 } }, { hold: { hours: 720 } }, { template }])
    assert.deepEqual(readFields(windowPolicy, good), { ok: true, value: good });
  const wrong: [unknown, string][] = [
    ['wait', ''],
    [7, ''],
    [null, ''],
    [{}, 'template'],
    [{ hold: { hours: 0 } }, 'hold.hours'],
    [{ hold: { hours: 721 } }, 'hold.hours'],
    [{ template: { name: 'again' } }, 'template.language'],
    [{ template, hours: 3 }, ''],
  ];
  for (const [value, path] of wrong) {
    const read = readFields(windowPolicy, value);
    assert.ok(!read.ok, JSON.stringify(value));
    assert.equal(read.misfit.path.join('.'), path, JSON.stringify(value));
  }
});
