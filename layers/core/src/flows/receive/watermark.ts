import type { InboundEvent } from '../../channels/contract.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { CLOCK_TOLERANCE_MS } from '../../domain/clock.ts';
import { identityKey } from '../../domain/contact.ts';
import { conversationIdOf, parseMessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { stepOf } from '../../domain/status.ts';
import type { Mark, Step } from '../../domain/status.ts';
import { messagePages } from '../../store/message-pages.ts';
import { findRecent, markMessage } from '../../store/messages.ts';
import { parkStatus } from '../../store/provider-messages.ts';
import type { ParkedStatus } from '../../store/provider-messages.ts';

type Watermark = Extract<InboundEvent, { kind: 'watermark' }>;

/** No provider takes longer to answer a send. */
const IN_FLIGHT_MS = 60_000;

/** Messages looked at together. */
const PAGE = 50;

/**
 * Marks everything sent until then, newest first, page by page, and stops at a page of which nothing that was sent needed a mark: what lies before it was
 * marked by an earlier watermark. So a watermark costs one write per message it is news for. A send may still be waiting for the provider's answer when
 * the customer has already read it: then all is done again when the webhook is answered, until there is an answer.
 */
export async function receiveWatermark(event: Watermark, account: ChannelAccount): Promise<void> {
  if ((await applyWatermark(event, account)) === 'done') return;
  const { keepForLater } = await import('./later.ts');
  await keepForLater(event, account);
}

/** `tryAgain`: a send that it may hold for is still on its way. */
export async function applyWatermark(event: Watermark, account: ChannelAccount): Promise<'done' | 'tryAgain'> {
  const step = stepOf(event.status);
  const conversationId = conversationIdOf(account.id, identityKey(event.counterparty.identities[0]));
  const to = await timeOf(event, account, conversationId);
  const mark = { at: Date.now(), ...('at' in event.upTo ? { providerAt: event.upTo.at } : {}) };
  if (to !== undefined) return (await markUntil(account, conversationId, to, { step, mark })) ? 'tryAgain' : 'done';
  await waitFor(event, account, { step, mark });
  return 'done';
}

/** True when a send that the watermark may hold for is still on its way. */
async function markUntil(
  account: ChannelAccount,
  conversation: Message['conversationId'],
  to: number,
  { step, mark }: { step: Step; mark: Mark },
): Promise<boolean> {
  let waiting = false;
  const { organizationId } = account;
  for await (const page of messagePages(organizationId, conversation, { newestFirst: true, limit: PAGE, to })) {
    const messages = page.filter(({ direction }) => direction === 'OUTBOUND');
    waiting ||= messages.some(isInFlight);
    const fresh = messages.filter((message) => isSent(message) && !message.progress[step]);
    if (messages.length > 0 && fresh.length === 0) break;
    for (const message of fresh) await markMessage(organizationId, message, step, mark);
  }
  return waiting;
}

function isInFlight({ claimedAt, progress }: Message): boolean {
  return claimedAt !== undefined && claimedAt > Date.now() - IN_FLIGHT_MS && Object.keys(progress).length === 0;
}

/** It names a message that is not known yet: the provider may be quicker than its own answer. The mark waits for it. */
async function waitFor({ upTo }: Watermark, account: ChannelAccount, status: ParkedStatus): Promise<void> {
  if (!('providerMessageId' in upTo)) return;
  const meanwhile = await parkStatus(account.id, upTo.providerMessageId, status);
  if (meanwhile) await markMessage(account.organizationId, meanwhile, status.step, status.mark);
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
