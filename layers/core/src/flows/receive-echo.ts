import { textOf } from '../domain/body.ts';
import type { Message } from '../domain/message.ts';
import { findByProviderId, findRecent, storeMessageOnce } from '../store/messages.ts';
import { settleAccepted } from './settle.ts';

/** How long after its claim a send may still be waiting for the provider's answer. */
const IN_FLIGHT_MS = 120_000;

/**
 * A message that left the business's account: one we sent ourselves, or one typed on the phone. Ours is known by the provider's id, or, when the
 * echo overtakes the provider's answer, as the send in flight with the same words; only what remains was typed elsewhere and is stored.
 */
export async function receiveEcho(echo: Message & { providerMessageId: string }): Promise<void> {
  const { target } = await findByProviderId(echo.channelAccountId, echo.providerMessageId);
  if (target) return;
  const ours = await sendInFlight(echo);
  if (ours) await settleAccepted(ours, echo.providerMessageId, { at: echo.storedAt, detail: 'echo' });
  else await storeMessageOnce(echo);
}

async function sendInFlight(echo: Message): Promise<Message | undefined> {
  const claimed = await findRecent(echo.organizationId, echo.conversationId, {
    claimedSince: echo.storedAt - IN_FLIGHT_MS,
  });
  return claimed.findLast(
    (message) => message.body.type === echo.body.type && textOf(message.body) === textOf(echo.body),
  );
}
