import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { clockOf, readLocalTime, toLocal } from '@parley/core/domain/local-time.ts';
import { clockChanges, firstShown, shownAt } from '../support/wall-clock.ts';
import { zoneClock } from '../support/zone-clock.ts';

const MINUTE = 60_000;

for (const zone of ['Africa/Cairo', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Gaza', 'Europe/Berlin']) {
  test(`${zone}: a local time is the first moment that shows it or a later one`, async () => {
    const clock = await zoneClock(zone);
    const changes = clockChanges(zone, '2020-01-01', '2030-01-01');
    const near = fc.integer({ min: -200, max: 200 }).map((minutes) => minutes * MINUTE);
    fc.assert(
      fc.property(fc.constantFrom(...changes), near, (change, aside) => {
        const shown = shownAt(change + aside, zone) + aside;
        const moment = clock.momentOf(toLocal(shown));
        assert.equal(new Date(moment).toISOString(), new Date(firstShown(shown, zone)).toISOString());
        assert.equal(clock.localAt(change + aside), toLocal(shownAt(change + aside, zone)));
      }),
      { numRuns: 200 },
    );
  });
}

test('a day that a zone left out comes as the next one begins', async () => {
  const clock = await zoneClock('Pacific/Apia');
  assert.equal(new Date(clock.momentOf('2011-12-30T12:00:00')).toISOString(), '2011-12-30T10:00:00.000Z');
});

test('only names of the time zone database are zones', async () => {
  for (const zone of ['Africa/Cairo', 'UTC', 'Etc/GMT+3', 'America/Argentina/Buenos_Aires'])
    assert.equal((await clockOf(zone))?.zone, zone);
  for (const zone of ['', '+02:00', '02:00', 'Mars/Olympus', 'Africa/Cairo ', '../etc/passwd', 'a'.repeat(999)])
    assert.equal(await clockOf(zone), undefined, zone);
});

test('a local time is written as ISO 8601 does, without an offset, and is a day that exists', () => {
  assert.equal(readLocalTime('2026-03-01T09:00'), '2026-03-01T09:00:00');
  assert.equal(readLocalTime('2026-03-01T09:00:30'), '2026-03-01T09:00:30');
  for (const text of [
    '2026-03-01',
    '2026-02-30T09:00',
    '2026-03-01T24:00',
    '2026-03-01T09:00Z',
    '2026-03-01 09:00',
    '',
  ])
    assert.equal(readLocalTime(text), undefined, text);
});
