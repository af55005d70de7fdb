import type { OrganizationId } from '../domain/id.ts';
import type { OrganizationSettings, SettingsChange } from '../domain/organization-settings.ts';
import { organizationKey } from './keys/organization.ts';
import { remembered } from './remembered.ts';
import { getItem, updateItem } from './table.ts';

/** What an organization has set; remembered for half a minute where it is asked often. */
export const settingsOf = remembered(async (organization: OrganizationId): Promise<OrganizationSettings> => {
  const item = await getItem(organizationKey(organization));
  return item?.['settings'] ?? {};
});

/** Sets what the change names and leaves the rest. Throws when someone else kept changing them at the same time. */
export async function changeSettings(
  organization: OrganizationId,
  change: SettingsChange,
): Promise<OrganizationSettings> {
  const key = organizationKey(organization);
  for (let tries = 0; tries < 5; tries++) {
    const item = await getItem(key, { consistent: true });
    const version = Number(item?.['settings_version'] ?? 0);
    const all = { ...(item?.['settings'] as OrganizationSettings | undefined), ...change };
    const settings = Object.fromEntries(Object.entries(all).filter(([, section]) => section !== null));
    const written = await updateItem(key, {
      set: { settings, settings_version: version + 1 },
      when: 'attribute_not_exists(#settings_version) OR #settings_version = :version',
      values: { version },
    });
    settingsOf.forget(organization);
    if (written.ok) return settings;
  }
  throw new Error('the settings kept changing');
}
