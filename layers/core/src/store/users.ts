import { compact } from '../domain/compact.ts';
import type { OrganizationId } from '../domain/id.ts';
import { AwsError, awsRequest } from './aws.ts';
import { setting } from './environment.ts';
import { userPoolEndpoint, userPoolHeaders } from './user-pool.ts';

/** A person who may sign in, in the deployment's own user pool. */
export interface User {
  email: string;
  name?: string;
  organizationId: OrganizationId;
  /** whether they have to choose a password yet */
  invited: boolean;
  /** ms */
  createdAt: number;
}

interface PoolUser {
  Attributes?: Attribute[];
  /** AdminGetUser calls them so */
  UserAttributes?: Attribute[];
  UserStatus: string;
  /** seconds */
  UserCreateDate: number;
}

interface Attribute {
  Name: string;
  Value: string;
}

/** False where people sign in at an issuer of the deployment's owner. */
export function hasUserPool(): boolean {
  return Boolean(process.env['USER_POOL_ID']);
}

/** Makes a user with a temporary password and sends no mail. `taken`: somebody has the address. `invalid`: what the pool finds wrong, in its words. */
export async function insertUser(
  { email, name, organizationId }: Pick<User, 'email' | 'name' | 'organizationId'>,
  password: string,
): Promise<User | 'taken' | { invalid: string }> {
  const attributes = {
    email,
    email_verified: 'true',
    [setting('ORGANIZATION_CLAIM')]: organizationId,
    ...compact({ name }),
  };
  try {
    const { User: made } = await administer<{ User: PoolUser }>('AdminCreateUser', {
      Username: email,
      TemporaryPassword: password,
      MessageAction: 'SUPPRESS',
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    });
    return read(made);
  } catch (error) {
    if (isCalled(error, 'UsernameExistsException')) return 'taken';
    if (isCalled(error, 'InvalidParameterException')) return { invalid: error.message };
    throw error;
  }
}

export async function findUser(email: string): Promise<User | undefined> {
  try {
    return read(await administer<PoolUser>('AdminGetUser', { Username: email }));
  } catch (error) {
    if (isCalled(error, 'UserNotFoundException')) return undefined;
    throw error;
  }
}

/** The users of an organization. Cognito finds nobody by an attribute of one's own, so the whole pool is read, 60 users a call. */
export async function listUsers(organization: OrganizationId): Promise<User[]> {
  const users: User[] = [];
  let PaginationToken: string | undefined;
  do {
    const page: { Users: PoolUser[]; PaginationToken?: string } = await administer('ListUsers', { PaginationToken });
    users.push(...page.Users.map(read).filter(({ organizationId }) => organizationId === organization));
    ({ PaginationToken } = page);
  } while (PaginationToken);
  return users;
}

/** They sign in with it once and choose their own. */
export async function setTemporaryPassword(email: string, password: string): Promise<void> {
  await administer('AdminSetUserPassword', { Username: email, Password: password, Permanent: false });
}

export async function deleteUser(email: string): Promise<void> {
  await administer('AdminDeleteUser', { Username: email });
}

function read({ Attributes, UserAttributes, UserStatus, UserCreateDate }: PoolUser): User {
  const all = (Attributes ?? UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]);
  const { email = '', name, ...others } = Object.fromEntries(all) as Record<string, string>;
  return {
    email,
    organizationId: others[setting('ORGANIZATION_CLAIM')] as OrganizationId,
    invited: UserStatus === 'FORCE_CHANGE_PASSWORD',
    createdAt: UserCreateDate * 1000,
    ...compact({ name }),
  };
}

function isCalled(error: unknown, name: string): error is AwsError {
  return error instanceof AwsError && error.name === name;
}

async function administer<Output>(operation: string, input: object): Promise<Output> {
  const { text } = await awsRequest({
    service: 'cognito-idp',
    endpoint: userPoolEndpoint(),
    method: 'POST',
    path: '/',
    headers: userPoolHeaders(operation),
    body: JSON.stringify({ UserPoolId: setting('USER_POOL_ID'), ...input }),
  });
  return (text === '' ? {} : JSON.parse(text)) as Output;
}
