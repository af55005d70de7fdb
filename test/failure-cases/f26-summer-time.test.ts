import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, rows, testCloud } from '../support/cloud.ts';
import type { Organization } from '../support/cloud.ts';
import { customer } from '../support/phones.ts';
import { seriesOf } from '../support/series.ts';
import type { SeriesRow } from '../support/series.ts';
import { clockChanges, firstShown, iso, shownAt, timeOf } from '../support/wall-clock.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const { act, begin, read, send } = seriesOf(cloud, nile);
const phone = await customer(cloud, accountOf(nile, 'telegram'), '755000001');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

suite('F26: a time of day that summer time skips or repeats', () => {
  after(() => cloud.close());

  test('every day at 02:30 in Berlin: the skipped one comes once, at 03:00, and the repeated one once, the first time', async () => {
    const zone = 'Europe/Berlin';
    for (const change of changesAhead(zone)) {
      const day = shownAt(change, zone) - DAY;
      const series = await begin({
        to: phone.address,
        message: 'Every night',
        recurrence: 'FREQ=DAILY',
        scheduled_at: `${dateOf(day)}T02:30`,
        timezone: zone,
      });
      const walls = [0, 1, 2, 3, 4].map((ahead) => Date.parse(`${dateOf(day + ahead * DAY)}T02:30:00Z`));
      assert.deepEqual(
        series.next,
        walls.map((wall) => iso(firstShown(wall, zone))),
      );
      const isSkipped = shownAt(change + HOUR, zone) - shownAt(change, zone) > HOUR;
      const shown = timeOf(shownAt(Date.parse(series.next[1] ?? ''), zone));
      assert.equal(shown, isSkipped ? '03:00' : '02:30');
      assert.equal(new Set(series.next.map((moment) => dateOf(shownAt(Date.parse(moment), zone)))).size, 5);
      await act('cancel_series', { series_id: series.id });
    }
  });

  test('a single message for a time that is skipped leaves as the gap ends', async () => {
    let tried = 0;
    for (const [zone, skipped, ends] of [
      ['Africa/Cairo', '00:30', '01:00'],
      ['America/New_York', '02:30', '03:00'],
      ['Australia/Lord_Howe', '02:15', '02:30'],
      ['Asia/Gaza', '02:30', '03:00'],
    ] as const) {
      const gap = gapAhead(zone);
      if (gap === undefined) continue;
      const day = dateOf(shownAt(gap + HOUR, zone));
      const body = { to: phone.address, message: 'x', scheduled_at: `${day}T${skipped}`, timezone: zone };
      const message = (await send(body)).body['message'] as Record<string, string>;
      const leaves = Date.parse(message['scheduled_at'] ?? '');
      assert.equal(iso(shownAt(leaves, zone)).slice(0, 16), `${day}T${ends}`, zone);
      assert.equal(leaves, firstShown(Date.parse(`${day}T${skipped}:00Z`), zone));
      await act('cancel_message', { message_id: message['id'] });
      tried += 1;
    }
    assert.ok(tried >= 3);
  });

  test('series on the organization’s clock move with it; those with a clock of their own stay', async () => {
    await setZone('Africa/Cairo');
    const at = hourAway(['Africa/Cairo', 'Asia/Tokyo']);
    const common = { to: phone.address, message: 'Daily', recurrence: { every: 'day', at } };
    const series = await begin(common);
    const third = series.next[2] ?? '';
    await act('skip_occurrence', { series_id: series.id, occurrence: third });
    const own = await begin({ ...common, timezone: 'Africa/Cairo' });
    const paused = await begin(common);
    await act('pause_series', { series_id: paused.id });
    assert.equal(shownIn('Africa/Cairo', series), at);
    await setZone('Asia/Tokyo');
    const moved = await read(series);
    assert.deepEqual([moved['timezone'], shownIn('Asia/Tokyo', moved)], ['Asia/Tokyo', at]);
    const [skipped = ''] = moved['skipped'] as string[];
    assert.equal(shownAt(Date.parse(skipped), 'Asia/Tokyo'), shownAt(Date.parse(third), 'Africa/Cairo'));
    assert.deepEqual(await read(own), own);
    const resumed = (await act('resume_series', { series_id: paused.id })).body as unknown as SeriesRow;
    assert.equal(shownIn('Asia/Tokyo', resumed), at);
    await setZone(null);
    assert.deepEqual((await read(series)).next, moved.next, 'without a zone it stays where it was');
    const refused = await send(common);
    assert.deepEqual([refused.status, refused.body['details']], [400, 'timezone']);
    for (const { id } of [series, own, paused]) await act('cancel_series', { series_id: id });
  });

  test('a zone that there is not is no zone of an organization', async () => {
    for (const timezone of ['Mars/Olympus', '+02:00', '', 7]) {
      const answer = await ask(cloud, nile, '/rest/v1/organization_settings', { timezone }, { method: 'PATCH' });
      assert.deepEqual([answer.status, answer.body['details']], [400, 'timezone'], String(timezone));
    }
  });
});

/** The hours of the coming year in which the zone's clock is moved, but for today's and tomorrow's. */
function changesAhead(zone: string): number[] {
  const changes = clockChanges(zone, dateOf(Date.now() + 3 * DAY), dateOf(Date.now() + 364 * DAY));
  assert.ok(changes.length > 0, zone);
  return changes;
}

/**
 * The hour in which the zone's clock skips a time next. None for some days once a year: from one gap to the next there may be 53 weeks, and nothing is
 * scheduled for more than 366 days ahead.
 */
function gapAhead(zone: string): number | undefined {
  const [from, to] = [Date.now() + HOUR, Date.now() + 365 * DAY];
  const isGap = (hour: number) => shownAt(hour + HOUR, zone) - shownAt(hour, zone) > HOUR;
  return clockChanges(zone, dateOf(from), dateOf(to)).find((hour) => hour > from && hour < to && isGap(hour));
}

/** An hour of the day that does not come on any of these clocks while a test runs. */
function hourAway(zones: string[]): string {
  const isAway = (at: string) =>
    zones.every((zone) => {
      const [now, then] = [shownAt(Date.now(), zone) % DAY, Number(at.slice(0, 2)) * HOUR];
      return Math.abs(now - then) > HOUR;
    });
  return ['06:00', '12:00', '18:00'].find(isAway) ?? '';
}

async function setZone(timezone: string | null): Promise<void> {
  const answer = await ask(cloud, nile, '/rest/v1/organization_settings', { timezone }, { method: 'PATCH' });
  assert.equal(answer.status, 204, JSON.stringify(answer.body));
  const [settings] = await rows(cloud, nile, 'organization_settings');
  assert.equal(settings?.['timezone'], timezone);
}

function shownIn(zone: string, { next: [first = ''] }: SeriesRow): string {
  return timeOf(shownAt(Date.parse(first), zone));
}

function dateOf(moment: number): string {
  return iso(moment).slice(0, 10);
}
