import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { newOrganizationId } from '@parley/core/domain/id.ts';
import { quietFor } from '@parley/core/flows/deliver/quiet.ts';
import { changeSettings } from '@parley/core/store/organization-settings.ts';
import { ownTable } from '../support/own-table.ts';

const table = await ownTable();
const night = { from: '22:00', to: '08:00', lanes: ['single' as const] };
const at = Date.parse('2026-01-10T20:30:00Z');

suite('whose clock says that it is quiet', () => {
  after(() => table.close());

  /** [the organization's zone, that of its quiet hours, until when it is quiet] */
  const zones: [zone: string | undefined, own: string | undefined, until: string | undefined][] = [
    [undefined, undefined, undefined],
    ['Africa/Cairo', undefined, '2026-01-11T06:00:00.000Z'],
    ['Africa/Cairo', 'UTC', undefined],
    ['UTC', 'Africa/Cairo', '2026-01-11T06:00:00.000Z'],
  ];
  for (const [timezone, own, until] of zones) {
    test(`${own ?? 'no zone'} of their own, in an organization in ${timezone ?? 'no zone'}`, async () => {
      const organizationId = newOrganizationId();
      await changeSettings(organizationId, {
        ...(timezone === undefined ? {} : { timezone }),
        quiet_hours: { ...night, ...(own === undefined ? {} : { timezone: own }) },
      });
      const quiet = await quietFor(organizationId, 'single', at);
      assert.equal(quiet && new Date(quiet.until).toISOString(), until);
    });
  }
});
