import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { done, operation, refuse, type AwsAnswer, type AwsOperation } from '../kms/aws-json.ts';
import { attributeList, findUser, signsInByEmail, type Directory, type Pool } from './directory.ts';
import { findWeakness, hashPassword } from './passwords.ts';
import type { User } from './store.ts';
import { checkAccessToken } from './tokens.ts';

const INVALID = 'InvalidParameterException';
const name = z.string().check(z.minLength(1), z.maxLength(128));
const password = z.string().check(z.minLength(1), z.maxLength(256));
const userInput = z.object({ UserPoolId: name, Username: name });
const createInput = z.extend(userInput, {
  UserAttributes: z._default(z.array(z.object({ Name: name, Value: z.string() })), []),
  TemporaryPassword: z.optional(password),
});
// `Filter` and `AttributesToGet` are not taken: who asks for all users reads them page by page.
const listInput = z.strictObject({
  UserPoolId: name,
  Limit: z._default(z.number().check(z.minimum(1), z.maximum(60)), 60),
  PaginationToken: z.optional(z.string()),
});
const passwordInput = z.extend(userInput, { Password: password, Permanent: z._default(z.boolean(), false) });

// OpenID Connect's standard claims, as Cognito's default schema has them.
const STANDARD_ATTRIBUTES = new Set(
  `address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number
   phone_number_verified picture preferred_username profile updated_at website zoneinfo`.split(/\s+/),
);

/** AdminCreateUser, AdminSetUserPassword, AdminGetUser, AdminDeleteUser, ListUsers and GetUser. */
export function userOperations(directory: Directory): Record<string, AwsOperation> {
  return {
    AdminCreateUser: operation(createInput, (input) => createUser(directory, input), INVALID),
    AdminSetUserPassword: operation(passwordInput, (input) => setPassword(directory, input), INVALID),
    AdminGetUser: operation(
      userInput,
      (input) => withUser(directory, input, (user) => done({ ...describe(user), UserAttributes: attributeList(user) })),
      INVALID,
    ),
    AdminDeleteUser: operation(userInput, (input) => deleteUser(directory, input), INVALID),
    ListUsers: operation(listInput, (input) => listUsers(directory, input), INVALID),
    GetUser: operation(
      z.object({ AccessToken: z.string() }),
      (input) => getUser(directory, input.AccessToken),
      INVALID,
    ),
  };
}

async function createUser(directory: Directory, input: z.infer<typeof createInput>): Promise<AwsAnswer> {
  const pool = directory.pools.get(input.UserPoolId);
  if (!pool) return missingPool(input.UserPoolId);
  const attributes = Object.fromEntries(input.UserAttributes.map(({ Name, Value }) => [Name, Value]));
  const problem = findAttributeProblem(attributes) ?? findNameProblem(pool, input.Username);
  if (problem !== undefined) return refuse(INVALID, problem);
  if (isTaken(directory, pool, input.Username, attributes)) {
    return refuse('UsernameExistsException', 'User account already exists');
  }
  const temporary = input.TemporaryPassword ?? `Aa1!${randomBytes(12).toString('base64url')}`;
  const weakness = findWeakness(temporary, pool.passwordPolicy);
  if (weakness !== undefined) return refuse('InvalidPasswordException', weakness);
  const user = await newUser(directory, pool, input.Username, attributes, temporary);
  directory.store.putUser(user);
  return done({ User: { ...describe(user), Attributes: attributeList(user) } });
}

async function newUser(
  directory: Directory,
  pool: Pool,
  username: string,
  attributes: Record<string, string>,
  temporaryPassword: string,
): Promise<User> {
  const sub = randomUUID();
  const byEmail = signsInByEmail(pool);
  return {
    poolId: pool.id,
    username: byEmail ? sub : username.toLowerCase(),
    sub,
    attributes: byEmail ? { ...attributes, email: username } : attributes,
    password: await hashPassword(temporaryPassword),
    status: 'FORCE_CHANGE_PASSWORD',
    createdAt: directory.now(),
    modifiedAt: directory.now(),
  };
}

async function setPassword(directory: Directory, input: z.infer<typeof passwordInput>): Promise<AwsAnswer> {
  return withUser(directory, input, async (user, pool) => {
    const weakness = findWeakness(input.Password, pool.passwordPolicy);
    if (weakness !== undefined) return refuse('InvalidPasswordException', weakness);
    const hashed = await hashPassword(input.Password);
    const status = input.Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
    directory.store.putUser({ ...user, password: hashed, status, modifiedAt: directory.now() });
    return done({});
  });
}

function deleteUser(directory: Directory, input: z.infer<typeof userInput>): AwsAnswer | Promise<AwsAnswer> {
  return withUser(directory, input, (user) => {
    directory.store.deleteUser(user);
    return done({});
  });
}

function listUsers(
  { pools, store }: Directory,
  { UserPoolId, Limit, PaginationToken = '' }: z.infer<typeof listInput>,
): AwsAnswer {
  if (!pools.has(UserPoolId)) return missingPool(UserPoolId);
  const users = store.usersAfter(UserPoolId, PaginationToken, Limit);
  const next = users.length === Limit ? users.at(-1)?.username : undefined;
  const Users = users.map((user) => ({ ...describe(user), Attributes: attributeList(user) }));
  return done({ Users, ...(next !== undefined && { PaginationToken: next }) });
}

async function getUser(directory: Directory, accessToken: string): Promise<AwsAnswer> {
  const check = await checkAccessToken(directory, accessToken);
  if (!check.ok) return refuse('NotAuthorizedException', check.message);
  return done({ Username: check.user.username, UserAttributes: attributeList(check.user) });
}

function withUser(
  directory: Directory,
  { UserPoolId, Username }: z.infer<typeof userInput>,
  use: (user: User, pool: Pool) => AwsAnswer | Promise<AwsAnswer>,
): AwsAnswer | Promise<AwsAnswer> {
  const pool = directory.pools.get(UserPoolId);
  if (!pool) return missingPool(UserPoolId);
  const user = findUser(directory, UserPoolId, Username);
  return user ? use(user, pool) : refuse('UserNotFoundException', 'User does not exist.');
}

function isTaken(directory: Directory, pool: Pool, username: string, attributes: Record<string, string>): boolean {
  const names = signsInByEmail(pool) ? [username, attributes['email'] ?? username] : [username];
  return names.some((taken) => findUser(directory, pool.id, taken) !== undefined);
}

function findAttributeProblem(attributes: Record<string, string>): string | undefined {
  const unknown = Object.keys(attributes).find(
    (key) => !STANDARD_ATTRIBUTES.has(key) && !/^custom:\w{1,20}$/.test(key),
  );
  return unknown && `Attributes did not conform to the schema: ${unknown}: Attribute does not exist in the schema.`;
}

function findNameProblem(pool: Pool, username: string): string | undefined {
  return signsInByEmail(pool) && !/^[^@\s]+@[^@\s]+$/.test(username) ? 'Username should be an email.' : undefined;
}

function missingPool(poolId: string): AwsAnswer {
  return refuse('ResourceNotFoundException', `User pool ${poolId} does not exist.`);
}

function describe(user: User) {
  return {
    Username: user.username,
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.modifiedAt / 1000,
    Enabled: true,
    UserStatus: user.status,
  };
}
