import assert from 'node:assert/strict';
import { after, mock, suite, test } from 'node:test';
import { quarantine, quarantinedOn, removeQuarantined } from '@parley/core/store/quarantine.ts';
import type { Again, Group } from '@parley/core/store/quarantine.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
const day = '2026-03-01';
const again: Again = { mail: { key: 'k' } };
/** As large as is kept of one, in bytes three times as many as in characters. */
const LARGEST = '€'.repeat(90_000);

suite('what is set aside', () => {
  after(() => table.close());

  test('is kept without what it takes to try it again, where there is no room for both', async () => {
    await quarantine('sms', [{ reason: 'r', raw: LARGEST }], { mail: { body: 'x'.repeat(110_000) } });
    await quarantine('sms', [{ reason: 'r', raw: LARGEST }], { mail: { body: 'x'.repeat(130_000) } });
    const [fitting, tooLarge] = await groupsOf('sms');
    assert.ok(fitting?.again);
    assert.deepEqual([tooLarge?.again, tooLarge?.items.length], [undefined, 1]);
  });

  test('broken off while it is removed, the rest can still be tried again', async () => {
    const aside = ['a', 'b', 'c'].map((raw) => ({ reason: raw, raw }));
    await quarantine('tiktok', aside, again);
    const [group] = await groupsOf('tiktok');
    table.dynamoDb.faults.add({
      operation: 'DeleteItem',
      match: (input) => JSON.stringify(input).includes('.000001'),
      error: 'ProvisionedThroughputExceededException',
      times: 20,
    });
    await assert.rejects(removeQuarantined('tiktok', day, group as Group));
    table.dynamoDb.faults.clear();
    const [left] = await groupsOf('tiktok');
    assert.deepEqual(
      left?.items.map(({ reason }) => reason),
      ['a', 'b'],
    );
    assert.deepEqual(left.again, again);
  });

  test('what is set aside anew while the rest is gone through is for the next time', async () => {
    for (let count = 0; count < 6; count++) await quarantine('email', [{ reason: 'old', raw: LARGEST }], again);
    const met: string[] = [];
    for await (const { items } of quarantinedOn('email', day)) {
      await quarantine('email', [{ reason: 'new', raw: 'x' }], again);
      met.push(...items.map(({ reason }) => reason));
    }
    assert.deepEqual(
      met,
      Array.from({ length: 6 }, () => 'old'),
    );
    assert.equal((await groupsOf('email')).length, 12);
  });
});

async function groupsOf(channel: 'sms' | 'tiktok' | 'email'): Promise<Group[]> {
  const groups: Group[] = [];
  for await (const group of quarantinedOn(channel, day)) groups.push(group);
  return groups;
}
