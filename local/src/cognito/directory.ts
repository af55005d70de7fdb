import type { Challenges } from './challenges.ts';
import type { PasswordPolicy } from './passwords.ts';
import type { SigningKey } from './signing-keys.ts';
import type { CognitoStore, User } from './store.ts';

/** A user pool. With `email` among its username attributes people sign in by email and usernames are made up. */
export type Pool = {
  id: string;
  name: string;
  usernameAttributes?: readonly string[];
  passwordPolicy?: PasswordPolicy;
};

/** An app client. Without `explicitAuthFlows` every flow is open; with them `ALLOW_USER_PASSWORD_AUTH` and the like decide. */
export type Client = { id: string; poolId: string; explicitAuthFlows?: readonly string[] };

/** Everything the operations work with. `now` is in epoch milliseconds. */
export type Directory = {
  pools: ReadonlyMap<string, Pool>;
  clients: ReadonlyMap<string, Client>;
  keys: ReadonlyMap<string, SigningKey>;
  store: CognitoStore;
  challenges: Challenges;
  issuerOf(poolId: string): string;
  now(): number;
};

/** A user by the name they sign in with: username, or email where the pool allows it. Case does not matter. */
export function findUser({ pools, store }: Directory, poolId: string, name: string): User | undefined {
  const user = store.findUser(poolId, name.toLowerCase());
  if (user || !signsInByEmail(pools.get(poolId))) return user;
  return store.findUserByEmail(poolId, name);
}

/** Whether a pool's users sign in by email. */
export function signsInByEmail(pool: Pool | undefined): boolean {
  return pool?.usernameAttributes?.includes('email') ?? false;
}

/** A user's attributes in Cognito's form, `sub` first. */
export function attributeList(user: User): { Name: string; Value: string }[] {
  return Object.entries({ sub: user.sub, ...user.attributes }).map(([Name, Value]) => ({ Name, Value }));
}
