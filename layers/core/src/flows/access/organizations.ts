import * as v from 'valibot';
import { object, text } from '../../domain/fields.ts';
import { newOrganizationId } from '../../domain/id.ts';
import {
  findOrganizationNamed,
  insertOrganization,
  listOrganizations as listAll,
  replaceName,
} from '../../store/organizations.ts';
import type { Organization } from '../../store/organizations.ts';
import { done, fail, organizationNamed, readCommand } from './command.ts';
import type { Outcome } from './command.ts';

/** What a person calls something: 1 to 100 characters, without space around it. */
export const label = v.pipe(
  v.string('must be a string'),
  v.transform((name) => name.trim().normalize('NFC')),
  text(1, 100),
  v.check((name) => !/\p{Cc}/u.test(name), 'must be one line'),
);

const fresh = object({ name: label });
const change = object({ organization_id: text(1, 100), name: label });

/** An organization as a command answers it. */
export interface OrganizationRow {
  id: string;
  name: string;
  created_at: string;
}

/** A name is had once, whatever its letters' size: who asks twice is told of the first. */
export async function createOrganization(fields: unknown): Promise<Outcome<{ organization: OrganizationRow }>> {
  const read = readCommand(fresh, fields);
  if (!read.ok) return read;
  const organization = { id: newOrganizationId(), name: read.value.name, createdAt: Date.now() };
  const inserted = await insertOrganization(organization);
  return inserted ? done({ organization: rowOf(organization) }) : takenBy(organization);
}

export async function listOrganizations(fields: unknown): Promise<Outcome<{ organizations: OrganizationRow[] }>> {
  const read = readCommand(object({}), fields);
  return read.ok ? done({ organizations: (await listAll()).map(rowOf) }) : read;
}

export async function renameOrganization(fields: unknown): Promise<Outcome<{ organization: OrganizationRow }>> {
  const read = readCommand(change, fields);
  if (!read.ok) return read;
  const found = await organizationNamed(read.value.organization_id);
  if (!found.ok) return found;
  const { name } = read.value;
  const renamed = await replaceName(found.value, name);
  if (renamed === 'taken') return takenBy({ ...found.value, name });
  if (renamed === 'changed') return fail('changed_meanwhile', 'The organization was renamed at the same time');
  return done({ organization: rowOf({ ...found.value, name }) });
}

/** A write whose answer was lost is made again, and then finds itself. */
async function takenBy(organization: Organization): Promise<Outcome<{ organization: OrganizationRow }>> {
  const other = await findOrganizationNamed(organization.name);
  if (other?.id === organization.id) return done({ organization: rowOf(organization) });
  return fail('name_taken', `'name': an organization has this name already: ${other?.id ?? 'it was just renamed'}`);
}

function rowOf({ id, name, createdAt }: Organization): OrganizationRow {
  return { id, name, created_at: new Date(createdAt).toISOString() };
}
