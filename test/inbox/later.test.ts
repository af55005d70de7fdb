import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { fromLocal, quickTimes, toLocal } from '../../inbox/src/later/local-time.ts';
import { once, recurrenceOf } from '../../inbox/src/later/repeat.ts';

const wednesday = new Date(2026, 2, 18, 15, 20);

test('what is mostly chosen: in an hour, tomorrow at nine, Sunday at nine', () => {
  assert.deepEqual(named(wednesday), {
    inAnHour: '2026-03-18T16:20',
    tomorrowAt: '2026-03-19T09:00',
    sundayAt: '2026-03-22T09:00',
  });
});

test('on a Saturday Sunday is tomorrow, and on a Sunday it is the next one', () => {
  assert.deepEqual(Object.keys(named(new Date(2026, 2, 21, 23, 30))), ['inAnHour', 'tomorrowAt']);
  assert.equal(named(new Date(2026, 2, 22, 8, 0))['sundayAt'], '2026-03-29T09:00');
});

test('every moment comes back from its field to the minute, and what is no time is none', () => {
  const minute = fc.date({ min: new Date(2000, 0, 1), max: new Date(2099, 0, 1), noInvalidDate: true });
  fc.assert(
    fc.property(minute, (at) => {
      const local = toLocal(at);
      assert.match(local, /^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
      assert.equal(toLocal(fromLocal(local) ?? new Date(0)), local);
    }),
  );
  for (const text of ['', 'tomorrow', '2026-13-40T99:99']) assert.equal(fromLocal(text), null);
});

test('what recurs ends never, on a day, or after so many times', () => {
  const filled = { ...once, until: '2026-06-30', count: '4' };
  assert.equal(recurrenceOf(filled), undefined);
  assert.deepEqual(recurrenceOf({ ...filled, every: 'day' }), { every: 'day' });
  assert.deepEqual(recurrenceOf({ ...filled, every: 'week', ending: 'until' }), { every: 'week', until: '2026-06-30' });
  assert.deepEqual(recurrenceOf({ ...filled, every: 'month', ending: 'count' }), { every: 'month', count: 4 });
});

function named(now: Date): Record<string, string> {
  return Object.fromEntries(quickTimes(now).map(({ name, at }) => [name, toLocal(at)]));
}
