import type * as v from 'valibot';
import { readFields } from '../../domain/fields.ts';
import { findOrganization } from '../../store/organizations.ts';
import type { Organization } from '../../store/organizations.ts';
import type { OrganizationId } from '../../domain/id.ts';

/** What an administrator's command came to. What could be expected to fail says so in words that name the field. */
export type Outcome<T> = { ok: true; value: T } | Failed;

type Failed = { ok: false; code: string; message: string };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fail(code: string, message: string): Failed {
  return { ok: false, code, message };
}

/** A command's fields, or the first that is wrong. */
export function readCommand<T extends v.GenericSchema>(schema: T, fields: unknown): Outcome<v.InferOutput<T>> {
  const read = readFields(schema, fields);
  if (read.ok) return done(read.value);
  const { path, words, code } = read.misfit;
  return fail(code, path.length === 0 ? `The payload ${words}` : `'${path.join('.')}': ${words}`);
}

/** The organization that a command names. */
export async function organizationNamed(id: string): Promise<Outcome<Organization>> {
  const organization = await findOrganization(id as OrganizationId);
  return organization ? done(organization) : fail('not_found', `'organization_id': there is no organization '${id}'`);
}
