import type { OrganizationId } from '../domain/id.ts';
import { readOrRefuse } from '../domain/misfit.ts';
import { organizationSettings } from '../domain/organization-settings.ts';
import type { OrganizationSettings, SettingsChange } from '../domain/organization-settings.ts';
import { ok } from '../domain/problem.ts';
import type { Result } from '../domain/problem.ts';
import type { Row } from '../domain/rows.ts';
import { changeSettings, settingsOf } from '../store/organization-settings.ts';
import type { Principal } from './access/authenticate.ts';
import type { Source } from './lists/list.ts';

/** The organization's settings as a row; a section that was never set is null. */
export function listSettingsRows(organization: OrganizationId): Source {
  return { rows: settingsRows(organization), orderedBy: { column: 'organization_id', descending: false } };
}

async function* settingsRows(organization: OrganizationId): AsyncGenerator<Row> {
  settingsOf.forget(organization);
  yield rowOf(organization, await settingsOf(organization));
}

/** `PATCH /rest/v1/organization_settings`: the sections that are named are set; what a section leaves out is as if never set. */
export async function patchSettings({ organizationId }: Principal, body: unknown): Promise<Result<Row>> {
  const read = readOrRefuse(organizationSettings, body);
  return read.ok ? ok(rowOf(organizationId, await change({ organizationId }, read.value))) : read;
}

async function change({ organizationId }: Principal, change: SettingsChange): Promise<OrganizationSettings> {
  const settings = await changeSettings(organizationId, change);
  if (change.timezone === undefined) return settings;
  const { replanSeries } = await import('./series/replan.ts');
  await replanSeries({ organizationId });
  return settings;
}

function rowOf(
  organization: OrganizationId,
  { opt_out, short_links, timezone, quiet_hours, window_policy, prices }: OrganizationSettings,
): Row {
  return {
    organization_id: organization,
    opt_out: opt_out ?? null,
    short_links: short_links ?? null,
    timezone: timezone ?? null,
    quiet_hours: quiet_hours ?? null,
    window_policy: window_policy ?? null,
    prices: prices ?? null,
  };
}
