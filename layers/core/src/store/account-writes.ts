import type { AccountHealth } from '../domain/account-health.ts';
import type { AccountSettings } from '../domain/account-settings.ts';
import type { ChannelAccount, ConnectedAccount } from '../domain/channel-account.ts';
import type { ChannelName } from '../domain/channel.ts';
import { compact } from '../domain/compact.ts';
import { rememberHealth } from './account-health.ts';
import { findAccount, forgetAccount, fromAccountItem, routeOf } from './channel-accounts.ts';
import { accountKey, listedAccountKey, routeKey } from './keys/accounts.ts';
import { claim, isShared, routeItem, seal, sealedAccountItem } from './sealed-account.ts';
import { deleteItem, getItem, putItem, updateItem, writeTogether } from './table.ts';
import type { Item } from './attributes.ts';
import { ABSENT } from './expressions.ts';
import type { Condition } from './expressions.ts';
import type { Write } from './table.ts';

/** `taken`: the name that leads to another account already, and whether that is the same organization's. */
export type Saved = { ok: true } | { ok: false; taken: string; ownOrganization: boolean };

/** Writes a new account, unless what it is found by leads to another one: all of it or nothing. */
export async function insertAccount(account: ConnectedAccount, names: string[]): Promise<Saved> {
  const { organizationId, id } = account;
  const written = await writeTogether([
    ...exclusiveNames(names).map((name) => taking(account, name)),
    { key: accountKey(organizationId, id), item: await sealedAccountItem(account), condition: ABSENT },
    { key: listedAccountKey(organizationId, id), item: {} },
    routeTo(account, `account:${id}`),
  ]);
  forgetAccount(organizationId, id);
  if (!written.ok) return takenBy(account, names, written.failed);
  await takeFreeRoutes(account, names);
  if (account.health) await rememberHealth(organizationId, id, account.health);
  return { ok: true };
}

export interface NewConnection {
  credentials: unknown;
  expiresAt?: number;
  externalId: string;
  baseUrl: string;
  health: AccountHealth;
  /** what its webhooks find it by from now on, and until now */
  names: string[];
  formerNames: string[];
}

/** Gives an account new credentials. `gone`: there is no such account any more. `changed`: somebody else has given it new ones. */
export async function reconnectAccount(
  account: ConnectedAccount,
  next: NewConnection,
): Promise<Saved | 'gone' | 'changed'> {
  const { externalId, baseUrl, health, names, formerNames, expiresAt } = next;
  const { organizationId, id, version } = account;
  const same = version === undefined ? 'attribute_not_exists(#version)' : '#version = :before';
  const written = await writeTogether([
    ...exclusiveNames(names).map((name) => taking(account, name)),
    {
      key: accountKey(organizationId, id),
      update: {
        set: {
          ...(await seal(account, next.credentials)),
          expires: expiresAt,
          externalId,
          baseUrl,
          health,
          upd: Date.now(),
        },
        remove: ['renewing', 'renewed', ...(expiresAt === undefined ? ['expires'] : [])],
        when: `attribute_exists(#pk) AND ${same}`,
        values: compact({ before: version }),
      },
    },
  ]);
  forgetAccount(organizationId, id);
  if (!written.ok && written.failed >= exclusiveNames(names).length)
    return (await findAccount(organizationId, id)) ? 'changed' : 'gone';
  if (!written.ok) return takenBy(account, names, written.failed);
  if (account.health?.state !== health.state) await rememberHealth(organizationId, id, health);
  await takeFreeRoutes(account, names);
  await dropRoutes(
    account,
    formerNames.filter((name) => !names.includes(name)),
  );
  return { ok: true };
}

/** Changes what a person may change of an account besides its credentials. Undefined when there is none. */
export async function updateAccount(
  { organizationId, id }: Pick<ChannelAccount, 'organizationId' | 'id'>,
  change: { name?: string; status?: 'Active' | 'Inactive'; settings?: AccountSettings; health?: AccountHealth },
): Promise<ChannelAccount | undefined> {
  const written = await updateItem(accountKey(organizationId, id), {
    set: { ...change, upd: Date.now() },
    when: 'attribute_exists(#pk)',
  });
  forgetAccount(organizationId, id);
  if (!written.ok) return undefined;
  if (change.health) await rememberHealth(organizationId, id, change.health);
  return fromAccountItem(written.item);
}

/** Removes an account and everything that leads to it. Its conversations stay. The account itself goes last, so that what was cut off can be done again. */
export async function deleteAccount(account: ChannelAccount, names: string[]): Promise<void> {
  const { organizationId, id } = account;
  await dropRoutes(account, [...names, `account:${id}`]);
  await deleteItem(listedAccountKey(organizationId, id));
  await deleteItem(accountKey(organizationId, id));
  forgetAccount(organizationId, id);
}

/** An address is one account's, and a secret by which an account is found too. A session of a gateway may be called the same elsewhere: who comes first is found by it. */
function isUnique(name: string): boolean {
  return name.startsWith('address:') || name.startsWith('secret:');
}

/** Those that can't be had beside others who have them, in the order in which they are taken. */
function exclusiveNames(names: string[]): string[] {
  return [...names.filter(isUnique), ...names.filter(isShared)];
}

function taking(account: ChannelAccount, name: string): Write {
  return isShared(name)
    ? { key: routeKey(account.channel, name), update: claim(account) }
    : { ...routeTo(account, name), condition: freeOrOwn(account) };
}

function routeTo(account: ChannelAccount, name: string): { key: Write['key']; item: Item } {
  return { key: routeKey(account.channel, name), item: routeItem(account) };
}

function freeOrOwn({ id }: ChannelAccount): Condition {
  return { when: 'attribute_not_exists(#pk) OR #account = :account', values: { account: id } };
}

async function takeFreeRoutes(account: ChannelAccount, names: string[]): Promise<void> {
  const exclusive = exclusiveNames(names);
  const routes = names.filter((name) => !exclusive.includes(name)).map((name) => routeTo(account, name));
  await Promise.all(routes.map(({ key, item }) => putItem(key, item, freeOrOwn(account))));
  forgetRoutes(account.channel, names);
}

async function dropRoutes(account: ChannelAccount, names: string[]): Promise<void> {
  const own = { when: '#account = :account', values: { account: account.id } };
  const routes = names.filter((name) => !isShared(name));
  await Promise.all(routes.map((name) => deleteItem(routeKey(account.channel, name), own)));
  await Promise.all(names.filter(isShared).map((name) => release(account, name)));
  forgetRoutes(account.channel, names);
}

/** What no account has any more is free for every organization, also while its item is still there. */
async function release({ channel, id }: ChannelAccount, name: string): Promise<void> {
  const key = routeKey(channel, name);
  await updateItem(key, {
    take: { accounts: new Set([id]) },
    when: 'contains(#accounts, :account)',
    values: { account: id },
  });
  await deleteItem(key, { when: 'attribute_not_exists(#accounts)' });
}

function forgetRoutes(channel: ChannelName, names: string[]): void {
  for (const name of names) routeOf.forget(channel, name);
}

/** The first of these names that leads to an account of another organization. */
export async function heldElsewhere({ channel, organizationId }: ChannelAccount, names: string[]): Promise<Saved> {
  for (const name of names) {
    const route = await getItem(routeKey(channel, name), { consistent: true });
    if (route && route['organization'] !== organizationId) return { ok: false, taken: name, ownOrganization: false };
  }
  return { ok: true };
}

async function takenBy(account: ChannelAccount, names: string[], failed: number): Promise<Saved> {
  const taken = exclusiveNames(names)[failed];
  if (taken === undefined) throw new Error('an account with a new id was there already');
  const route = await getItem(routeKey(account.channel, taken), { consistent: true });
  return { ok: false, taken, ownOrganization: route?.['organization'] === account.organizationId };
}
