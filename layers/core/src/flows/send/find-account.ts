import type { Channel } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { ConversationId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { accountsOf, routeOf } from '../../store/channel-accounts.ts';
import type { Principal } from '../access/authenticate.ts';
import { findThread } from './find-target.ts';
import type { Look } from './look.ts';
import type { SendRequest } from './request.ts';

/** The account that a request is to leave from. */
export async function findAccount(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  look: Look,
  known?: ChannelAccount,
): Promise<Result<ChannelAccount>> {
  const allowed = await checkOrganization(channel, principal, request);
  if (!allowed.ok) return allowed;
  return known ? ok(known) : chooseAccount(channel, principal, request, look, allowed.value);
}

/** The account that a body's `suitId` names, if it names one. Tenancy comes from the credential: what the body says may only agree with it. */
async function checkOrganization(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
): Promise<Result<string | undefined>> {
  if (request.organizationId !== undefined && request.organizationId !== principal.organizationId) {
    return refuse(403, 'organization_mismatch', `'organization_id' is not the organization of this credential`, {
      details: 'organization_id',
    });
  }
  if (request.suitId === undefined) return ok(undefined);
  const route = await routeOf(channel.manifest.name, `suit:${request.suitId}`);
  if (route?.organizationId === principal.organizationId) return ok(route.accountId);
  return refuse(403, 'organization_mismatch', `'suitId' names no account of this credential's organization`, {
    details: 'suitId',
  });
}

/** What is remembered of the accounts may be old: before a send is refused for it they are read. */
async function chooseAccount(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  look: Look,
  suitAccount?: string,
): Promise<Result<ChannelAccount>> {
  const { organizationId } = principal;
  const told = request.channelAccountId ?? suitAccount;
  const named = told ?? (await accountOfConversation(principal, request, look));
  const field = told === undefined ? 'conversation_id' : 'channel_account_id';
  const remembered = choose(channel, await accountsOf(organizationId), named, field);
  if (remembered.ok) return remembered;
  accountsOf.forget(organizationId);
  return choose(channel, await accountsOf(organizationId), named, field);
}

/** The account that is named, by a field itself or by its conversation, or else the one that is best able to send. */
function choose(
  { manifest }: Channel,
  all: ChannelAccount[],
  named: string | undefined,
  field: 'channel_account_id' | 'conversation_id',
): Result<ChannelAccount> {
  const { name, label } = manifest;
  const accounts = all.filter((account) => account.channel === name);
  const account =
    named === undefined
      ? (accounts.find((account) => !isHeld(account)) ??
        accounts.find(({ status }) => status === 'Active') ??
        accounts[0])
      : accounts.find(({ id }) => id === named);
  if (!account && named === undefined)
    return refuse(404, 'no_channel_account', `This organization has no ${label} account`);
  if (!account)
    return refuse(404, 'no_channel_account', `'${field}' leads to no ${label} account of this organization`, {
      details: field,
    });
  if (account.status === 'Active') return ok(account);
  return refuse(409, 'channel_inactive', `The ${label} account '${account.name}' is Inactive`, {
    details: account.id,
    hint: `Set its status to Active, or name another in 'channel_account_id'.`,
  });
}

async function accountOfConversation(
  principal: Principal,
  request: SendRequest,
  look: Look,
): Promise<string | undefined> {
  if (request.conversationId === undefined) return undefined;
  return (await findThread(principal, request.conversationId as ConversationId, look))?.channelAccountId;
}
