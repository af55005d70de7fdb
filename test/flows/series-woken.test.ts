import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  contactIdOf,
  conversationIdOf,
  newChannelAccountId,
  newOrganizationId,
  newSeriesId,
} from '@parley/core/domain/id.ts';
import type { Series } from '@parley/core/domain/series.ts';
import { fireSeries } from '@parley/core/flows/series/fire.ts';
import { findSeries, storeSeries } from '@parley/core/store/series.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();

suite('a series that is woken', () => {
  after(() => table.close());

  test('before its time it stays as it is, so that no change of it made meanwhile is refused', async () => {
    const series = daily(Date.now() + 60_000);
    await storeSeries(series);
    const before = await findSeries(series.organizationId, series.id);
    await fireSeries(() => assert.fail('there is nothing to send'), {
      organizationId: series.organizationId,
      seriesId: series.id,
    });
    assert.deepEqual(await findSeries(series.organizationId, series.id), before);
  });
});

/** Its next occurrence is then (ms). */
function daily(next: number): Series {
  const organizationId = newOrganizationId();
  const channelAccountId = newChannelAccountId();
  const now = Date.now();
  return {
    id: newSeriesId(),
    organizationId,
    channel: 'sms',
    channelAccountId,
    conversationId: conversationIdOf(channelAccountId, 'phone:+201566000001'),
    contactId: contactIdOf(organizationId, 'phone:+201566000001'),
    content: { to: '+201566000001', message: 'Good morning' },
    written: 'FREQ=DAILY',
    recurrence: { rules: ['FREQ=DAILY'], start: new Date(next).toISOString().slice(0, 19), zone: 'UTC' },
    status: 'ACTIVE',
    next,
    done: 0,
    skips: [],
    past: [],
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}
