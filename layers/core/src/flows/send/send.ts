import type { Channel } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { derivedMessageId, newMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { scheduledFor } from '../../domain/waiting.ts';
import { findMessage, storeMessage } from '../../store/messages.ts';
import type { Principal } from '../access/authenticate.ts';
import { checkAtAccept } from './check-at-accept.ts';
import type { Correspondence } from './fill-in.ts';
import { findAccount } from './find-account.ts';
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
  /** an earlier attempt broke down, nobody knows where */
  again?: boolean;
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
  const accepted = await accept(channel, principal, request, origin);
  if (accepted.ok || !origin?.again) return accepted;
  // what holds now, a time that has passed meanwhile, may not have held then
  const made = await (await import('./made-before.ts')).madeBefore(channel, principal, request, origin);
  return made ? ok(made) : accepted;
}

async function accept(
  channel: Channel,
  principal: Principal,
  request: SendRequest,
  origin: Origin | undefined,
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
  const looking = look ?? lookingOnce(principal.organizationId);
  const account = await findAccount(channel, principal, request, looking, known);
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
  return ok(leaves.value === undefined ? message : scheduledFor(message, leaves.value));
}

/** Most messages have no variables: what fills them in is loaded for those that do. */
async function filledIn(between: Correspondence, request: SendRequest): Promise<Result<SendRequest>> {
  if (request.templateId === undefined && request.variables === undefined) return ok(request);
  return (await import('./fill-in.ts')).fillIn(between, request);
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
    ...compact({ clientRef: request.clientRef, onWindowClosed: request.onWindowClosed }),
  };
}
