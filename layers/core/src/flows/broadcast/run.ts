import type { Channel } from '../../channels/contract.ts';
import type { Broadcast, Made, Recipient } from '../../domain/broadcast.ts';
import { folderOf } from '../../domain/broadcast-row.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { derivedMessageId } from '../../domain/id.ts';
import type { Problem } from '../../domain/problem.ts';
import { readLines, storeLines } from '../../store/broadcast-files.ts';
import { beginPart, finishPart } from '../../store/broadcast-steps.ts';
import { findMessage, storeMessage } from '../../store/messages.ts';
import { findNamed } from '../send/find-target.ts';
import { lookingOnce } from '../send/look.ts';
import { inParallel } from '../parallel.ts';
import { prepare } from '../send/send.ts';
import type { SendRequest } from '../send/request.ts';
import { keepLinks } from '../send/shorten.ts';
import { requestOf } from './content.ts';
import { notBegun } from './standing.ts';

const AT_ONCE = 40;

/** Where the recipients of a part lie, and what became of them. Parts count from 0. */
export function partKey(broadcast: Broadcast, part: number): string {
  return `${folderOf(broadcast)}/part-${numbered(part)}.ndjson`;
}

export function madeKey(broadcast: Broadcast, part: number): string {
  return `${folderOf(broadcast)}/made-${numbered(part)}.ndjson`;
}

/** A part that is being run: its messages' ids are made from `begunAt` (ms) and the recipients, so that it can be run again. */
interface Part {
  channel: Channel;
  account: ChannelAccount;
  broadcast: Broadcast;
  request: SendRequest;
  begunAt: number;
  /** it was begun before, so some of its messages may be there */
  isAgain: boolean;
}

/**
 * Makes the messages of the next part. Done again, whatever broke it off, it makes the same ones, and those that are there stay as they are. Undefined:
 * the broadcast does not run any more, or someone else has done this part.
 */
export async function runPart(
  channel: Channel,
  account: ChannelAccount,
  broadcast: Broadcast,
): Promise<Broadcast | undefined> {
  const begun = await beginPart(broadcast, Date.now());
  const begunAt = begun?.running.begun;
  if (begunAt === undefined || begun?.running.part !== broadcast.running.part) return undefined;
  const isAgain = broadcast.running.begun !== undefined;
  const own: Part = { channel, account, broadcast, request: readRequest(broadcast), begunAt, isAgain };
  return finish(own, (recipient) => make(own, recipient));
}

/** Ends the part that was broken off before its broadcast was cancelled: who has a message has it, and nobody else gets one. */
export async function endPart(
  channel: Channel,
  account: ChannelAccount,
  broadcast: Broadcast,
  begunAt: number,
): Promise<Broadcast | undefined> {
  const request = readRequest(broadcast);
  const own: Part = { channel, account, broadcast, request, begunAt, isAgain: true };
  return finish(own, (recipient) => notMade(own, requestFor(request, recipient, account), recipient, notBegun));
}

function readRequest(broadcast: Broadcast): SendRequest {
  const request = requestOf(broadcast);
  if (request.ok) return request.value;
  throw new Error(`the content of ${broadcast.id} can't be read: ${request.problem.code}`);
}

async function finish({ broadcast }: Part, become: (recipient: Recipient) => Promise<Made>) {
  const { part } = broadcast.running;
  const recipients = await readLines<Recipient>(partKey(broadcast, part));
  const all = await inParallel(recipients, become, AT_ONCE);
  await storeLines(madeKey(broadcast, part), all);
  const made = all.filter((one) => 'message' in one).length;
  return finishPart(broadcast, { made, skipped: all.length - made });
}

/** What a recipient is sent, with what is known of them for the variables. */
export function requestFor(request: SendRequest, recipient: Recipient, account: ChannelAccount): SendRequest {
  const { to, contactId, name } = recipient;
  return {
    ...request,
    ...(contactId === undefined ? { to } : { contactId }),
    channelAccountId: account.id,
    ...compact({ contactName: name }),
    variables: { ...request.variables, ...compact({ name }), ...recipient.variables },
  };
}

async function make(part: Part, recipient: Recipient): Promise<Made> {
  const { channel, account, broadcast } = part;
  const { to } = recipient;
  const request = requestFor(part.request, recipient, account);
  const origin = { at: part.begunAt, name: `${broadcast.id}\n${to}` };
  const { organizationId } = broadcast;
  const prepared = await prepare(channel, { organizationId }, request, { origin, account });
  if (!prepared.ok) return notMade(part, request, recipient, prepared.problem);
  await keepLinks(prepared.value);
  await storeMessage({ ...prepared.value, broadcastId: broadcast.id }, 'send');
  return { to, message: prepared.value.id };
}

/** Refused now, it may have been accepted when the part was run before. */
async function notMade(
  part: Part,
  request: SendRequest,
  { to }: Recipient,
  problem: Pick<Problem, 'code' | 'message'>,
): Promise<Made> {
  const skipped = { to, skipped: problem.code, words: problem.message };
  if (!part.isAgain) return skipped;
  const target = await findNamed(part.channel, part.account, request, lookingOnce(part.broadcast.organizationId));
  if (!target.ok) return skipped;
  const id = derivedMessageId(target.value.conversationId, part.begunAt, `${part.broadcast.id}\n${to}`);
  const there = await findMessage(part.broadcast.organizationId, id, { consistent: true });
  return there ? { to, message: id } : skipped;
}

function numbered(part: number): string {
  return String(part + 1).padStart(6, '0');
}
