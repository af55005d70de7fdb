import type { InboundEvent } from '../channels/contract.ts';
import type { ChannelAccount } from '../domain/channel-account.ts';
import { identityKey } from '../domain/contact.ts';
import { conversationIdOf, parseMessageId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { stepOf } from '../domain/status.ts';
import type { Step } from '../domain/status.ts';
import { findRecent, listMessages, markMessage } from '../store/messages.ts';
import type { MessagePage } from '../store/messages.ts';

type Watermark = Extract<InboundEvent, { kind: 'watermark' }>;

/** A message that the provider accepted may have left a moment after our clock says it was made. */
const CLOCK_TOLERANCE_MS = 1000;

/** Messages looked at together. */
const PAGE = 50;

/**
 * Marks everything sent until then, newest first, page by page, and stops at a page that needed no mark: what lies before it was marked by an earlier
 * watermark. So a watermark costs one write per message it is news for.
 */
export async function receiveWatermark(event: Watermark, account: ChannelAccount): Promise<void> {
  const step = stepOf(event.status);
  const conversationId = conversationIdOf(account.id, identityKey(event.counterparty.identities[0]));
  const to = await timeOf(event, account, conversationId);
  if (to === undefined) return;
  const mark = { at: Date.now(), ...('at' in event.upTo ? { providerAt: event.upTo.at } : {}) };
  for await (const messages of sentUntil(account, conversationId, to)) {
    const fresh = messages.filter((message) => isSent(message) && !message.progress[step]);
    if (fresh.length === 0) return;
    for (const message of fresh) await markMessage(account.organizationId, message, step, mark);
  }
}

async function timeOf(
  { upTo }: Watermark,
  account: ChannelAccount,
  conversation: Message['conversationId'],
): Promise<number | undefined> {
  if ('at' in upTo) return upTo.at + CLOCK_TOLERANCE_MS;
  const [message] = await findRecent(account.organizationId, conversation, {
    providerMessageId: upTo.providerMessageId,
  });
  return message && parseMessageId(message.id)?.at;
}

function isSent({ progress }: Message): boolean {
  return (['sent', 'delivered', 'read'] satisfies Step[]).some((step) => progress[step]);
}

/** Pages of what the business sent, newest first. */
async function* sentUntil(
  account: ChannelAccount,
  conversation: Message['conversationId'],
  to: number,
): AsyncGenerator<Message[]> {
  let start: MessagePage['next'];
  do {
    const reading = { newestFirst: true, limit: PAGE, to, start };
    const page: MessagePage = await listMessages(account.organizationId, conversation, reading);
    yield page.messages.filter(({ direction }) => direction === 'OUTBOUND');
    start = page.next;
  } while (start);
}
