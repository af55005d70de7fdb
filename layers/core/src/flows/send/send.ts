import type { Channel } from '../../channels/contract.ts';
import { isHeld } from '../../domain/account-health.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { derivedMessageId, newMessageId } from '../../domain/id.ts';
import type { ConversationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { accountsOf, routeOf } from '../../store/channel-accounts.ts';
import { findMessage, storeMessage } from '../../store/messages.ts';
import type { Principal } from '../access/authenticate.ts';
import { checkAtAccept } from './check-at-accept.ts';
import type { Correspondence } from './fill-in.ts';
import { findThread } from './find-target.ts';
import type { Target } from './find-target.ts';
import { findTarget } from './find-willing.ts';
import { lookingOnce } from './look.ts';
import type { Look } from './look.ts';
import { readContent } from './content.ts';
import type { Content } from './content.ts';
import type { SendRequest } from './request.ts';
import { leavesAt } from './time.ts';
import { keepLinks } from './shorten.ts';
import type { Unstored } from './shorten.ts';

/** What a message's id is made from, where a send that is done again must make the same message: when it was first asked for (ms), and its name. */
export interface Origin {
  at: number;
  name: string;
}

/**
 * Accepts one message for sending: everything that can be known to be wrong is refused here, naming the field; what is accepted is stored PENDING
 * in one write, and the stream does the rest.
 */
export async function send(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  origin?: Origin,
): Promise<Result<Message>> {
  const look = lookingOnce(principal.organizationId);
  const prepared = await prepare(channel, principal, request, { origin, look });
  if (!prepared.ok) return prepared;
  const checked = await checkAtAccept(channel, inNameOf(principal, prepared.value), look);
  if (!checked.ok) return checked;
  const message = checked.value;
  await keepLinks(message);
  const stored = await storeMessage(message, message.scheduledAt === undefined ? 'send' : 'schedule');
  if (stored === 'stored') return ok(message);
  return ok((await findMessage(message.organizationId, message.id, { consistent: true })) ?? message);
}

/** A message as it is when this principal wrote it just now. */
export function inNameOf({ user }: Principal, message: Unstored): Unstored {
  return user ? { ...message, byPerson: true } : message;
}

/** What whoever asks for a message knows already: of many messages of one account, which account it is. */
interface Known {
  origin?: Origin | undefined;
  account?: ChannelAccount;
  /** how it is found whom it is for */
  targetOf?: typeof findTarget;
  /** where the window is asked for next, what that looks with */
  look?: Look;
}

/** The message that a request asks for, with all of its checks and nothing stored: whoever stores it keeps its links first. */
export async function prepare(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  { origin, account: known, targetOf = findTarget, look }: Known = {},
): Promise<Result<Unstored>> {
  const allowed = await checkOrganization(channel, principal, request);
  if (!allowed.ok) return allowed;
  const looking = look ?? lookingOnce(principal.organizationId);
  const account = known ? ok(known) : await chooseAccount(channel, principal, request, looking, allowed.value);
  if (!account.ok) return account;
  const target = await targetOf(channel, account.value, request, { look: looking, ahead: look !== undefined });
  if (!target.ok) return target;
  const between = { channel, principal, account: account.value, target: target.value };
  const filled = await filledIn(between, request);
  if (!filled.ok) return filled;
  const content = await readContent(channel, target.value, account.value, filled.value);
  if (!content.ok) return content;
  const leaves = await leavesAt(principal, request);
  if (!leaves.ok) return leaves;
  const message = toMessage(account.value, target.value, request, content.value, origin);
  return ok(
    leaves.value === undefined
      ? message
      : { ...message, scheduledAt: leaves.value, wait: { reason: 'scheduled', until: leaves.value } },
  );
}

/** Most messages have no variables: what fills them in is loaded for those that do. */
async function filledIn(between: Correspondence, request: SendRequest): Promise<Result<SendRequest>> {
  if (request.templateId === undefined && request.variables === undefined) return ok(request);
  return (await import('./fill-in.ts')).fillIn(between, request);
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
  const named = request.channelAccountId ?? suitAccount ?? (await accountOfConversation(principal, request, look));
  const remembered = choose(channel, await accountsOf(organizationId), named);
  if (remembered.ok) return remembered;
  accountsOf.forget(organizationId);
  return choose(channel, await accountsOf(organizationId), named);
}

/** The account that is named, or else the one that is best able to send. */
function choose({ manifest }: Channel, all: ChannelAccount[], named: string | undefined): Result<ChannelAccount> {
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
    return refuse(404, 'no_channel_account', `'channel_account_id' names no ${label} account of this organization`, {
      details: 'channel_account_id',
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

function toMessage(
  account: ChannelAccount,
  target: Target,
  request: SendRequest,
  content: Content,
  origin: Origin | undefined,
): Unstored {
  const now = Date.now();
  return {
    id: origin ? derivedMessageId(target.conversationId, origin.at, origin.name) : newMessageId(target.conversationId),
    organizationId: account.organizationId,
    channel: account.channel,
    channelAccountId: account.id,
    direction: 'OUTBOUND',
    attempt: 1,
    progress: {},
    storedAt: now,
    updatedAt: now,
    ...target,
    ...content,
    ...(request.clientRef === undefined ? {} : { clientRef: request.clientRef }),
    ...(request.onWindowClosed === undefined ? {} : { onWindowClosed: request.onWindowClosed }),
  };
}
