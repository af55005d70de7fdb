import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { compact } from '../../domain/compact.ts';
import { matching, object, text } from '../../domain/fields.ts';
import { setting } from '../../store/environment.ts';
import {
  deleteUser,
  findUser,
  hasUserPool,
  insertUser,
  listUsers as listAll,
  setTemporaryPassword,
} from '../../store/users.ts';
import type { User } from '../../store/users.ts';
import { done, fail, organizationNamed, readCommand } from './command.ts';
import type { Outcome } from './command.ts';
import { label } from './organizations.ts';

const id = text(1, 100);
// Cognito takes user names of 128 characters, and capitals in them for other letters
const email = v.pipe(
  matching(/^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$/, 'must be an email address'),
  text(1, 128),
  v.toLowerCase(),
);
const fresh = object({ organization_id: id, email, name: v.optional(label) });
const ofOrganization = object({ organization_id: id });
const one = object({ organization_id: id, email });

/** A user as a command answers it. */
export interface UserRow {
  email: string;
  name: string | null;
  organization_id: string;
  /** `invited` until they have chosen a password */
  status: 'invited' | 'active';
  created_at: string;
}

/** With it they sign in once, within a week, and choose their own. */
interface WithPassword {
  user: UserRow;
  temporary_password: string;
}

/** Nobody is written to: whoever asks passes the password on. */
export async function createUser(fields: unknown): Promise<Outcome<WithPassword>> {
  const read = await readForUser(fresh, fields);
  if (!read.ok) return read;
  const { organization_id, email: address, name } = read.value;
  const found = await organizationNamed(organization_id);
  if (!found.ok) return found;
  const password = newPassword();
  const user = { email: address, organizationId: found.value.id, ...compact({ name }) };
  const made = await insertUser(user, password);
  if (made === 'taken')
    return fail('email_taken', `'email': somebody has this address, here or in another organization`);
  if ('invalid' in made) return fail('invalid_field', `'email': ${made.invalid}`);
  return done({ user: rowOf(made), temporary_password: password });
}

export async function listUsers(fields: unknown): Promise<Outcome<{ users: UserRow[] }>> {
  const read = await readForUser(ofOrganization, fields);
  if (!read.ok) return read;
  const found = await organizationNamed(read.value.organization_id);
  return found.ok ? done({ users: (await listAll(found.value.id)).map(rowOf) }) : found;
}

/** For who forgot theirs, or let a temporary one run out. */
export async function resetPassword(fields: unknown): Promise<Outcome<WithPassword>> {
  const found = await userNamed(fields);
  if (!found.ok) return found;
  const password = newPassword();
  await setTemporaryPassword(found.value.email, password);
  return done({ user: rowOf({ ...found.value, invited: true }), temporary_password: password });
}

/** They can't sign in or renew their session any more; a token that they hold is good until it runs out, an hour at most. */
export async function removeUser(fields: unknown): Promise<Outcome<{ removed: string; honoured_for_s: number }>> {
  const found = await userNamed(fields);
  if (!found.ok) return found;
  await deleteUser(found.value.email);
  return done({ removed: found.value.email, honoured_for_s: 3600 });
}

/** A user is found in their own organization only. */
async function userNamed(fields: unknown): Promise<Outcome<User>> {
  const read = await readForUser(one, fields);
  if (!read.ok) return read;
  const { organization_id, email: address } = read.value;
  const user = await findUser(address);
  if (user?.organizationId === organization_id) return done(user);
  return fail('not_found', `'email': organization '${organization_id}' has no user of this address`);
}

async function readForUser<T extends v.GenericSchema>(schema: T, fields: unknown): Promise<Outcome<v.InferOutput<T>>> {
  if (hasUserPool()) return readCommand(schema, fields);
  const claim = setting('ORGANIZATION_CLAIM');
  return fail(
    'external_issuer',
    `People sign in at ${setting('ISSUER')}: make users there, whose tokens have the organization's id as '${claim}'`,
  );
}

/** Of every kind of character that the pool's policy asks for. */
function newPassword(): string {
  return `Aa1-${randomBytes(12).toString('base64url')}`;
}

function rowOf({ email: address, name, organizationId, invited, createdAt }: User): UserRow {
  return {
    email: address,
    name: name ?? null,
    organization_id: organizationId,
    status: invited ? 'invited' : 'active',
    created_at: new Date(createdAt).toISOString(),
  };
}
