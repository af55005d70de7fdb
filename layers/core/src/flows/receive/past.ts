import type { Channel, InboundEvent } from '../../channels/contract.ts';
import { isMedia } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import { parseMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { stepOf } from '../../domain/status.ts';
import type { Progress } from '../../domain/status.ts';
import { completeMessage } from '../../store/message-changes.ts';
import { messagePages } from '../../store/message-pages.ts';
import { storeMessageOnce } from '../../store/messages.ts';
import { findByProviderId } from '../../store/provider-messages.ts';
import { inParallel } from '../parallel.ts';
import { dueOf, toMessage } from './message.ts';

type MessageEvent = Extract<InboundEvent, { kind: 'message' }>;
type PastMessage = Message & { providerMessageId: string };

/** A provider may give one message two times: when it took it, and when the phone had it. */
const TIMES_DIFFER_MS = 86_400_000;
const PAGE = 500;

/**
 * Stores messages of the past, each once, however often it is told and beside whatever was told of it when it was new. One that
 * stood for a file that had yet to come gets its file.
 */
export async function receivePast(channel: Channel, events: MessageEvent[], account: ChannelAccount): Promise<void> {
  const messages = await inParallel(events, async (event) => asPast(await toMessage(channel, event, account), event));
  const threads = Map.groupBy(messages, ({ conversationId }) => conversationId);
  await inParallel([...threads.values()], receiveThread, 5);
}

async function receiveThread(messages: PastMessage[]): Promise<void> {
  const known = await providerIdsAround(messages);
  await inParallel(messages, async (message) => {
    const isNew =
      !known.has(message.providerMessageId) && (await storeMessageOnce(message, dueOf(message))) === 'stored';
    if (!isNew && isMedia(message.body)) await complete(message);
  });
}

/** What the conversation has already of about that time. */
async function providerIdsAround(messages: PastMessage[]): Promise<Set<string>> {
  const times = messages.map(({ id, storedAt }) => parseMessageId(id)?.at ?? storedAt);
  const range = { from: Math.min(...times) - TIMES_DIFFER_MS, to: Math.max(...times) + TIMES_DIFFER_MS };
  const [{ organizationId, conversationId }] = messages as [PastMessage];
  const ids = new Set<string>();
  const reading = { newestFirst: false, limit: PAGE, ...range };
  for await (const page of messagePages(organizationId, conversationId, reading))
    for (const { providerMessageId } of page) if (providerMessageId !== undefined) ids.add(providerMessageId);
  return ids;
}

async function complete(message: PastMessage): Promise<void> {
  const { target } = await findByProviderId(message.channelAccountId, message.providerMessageId);
  if (target) await completeMessage(message, target.id, dueOf(message));
}

/** It counts as having come when it did: it is no news, opens no window, and stands in its conversation and its inbox where it would have stood. */
function asPast(message: PastMessage, { past, providerAt }: MessageEvent): PastMessage {
  const storedAt = providerAt ?? message.storedAt;
  return { ...message, past: true, storedAt, progress: progressOf(message, past) };
}

/** Only the last step is told, and not when it was. */
function progressOf({ direction, progress, storedAt: at }: PastMessage, past: MessageEvent['past']): Progress {
  if (direction === 'INBOUND' || past?.status === undefined || past.status === 'SENT') return progress;
  const mark = { at, ...compact({ error: past.error }) };
  return { ...(past.status === 'FAILED' ? {} : progress), [stepOf(past.status)]: mark };
}
