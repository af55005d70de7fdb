import { textOf } from '../../domain/body.ts';
import type { Body } from '../../domain/body.ts';
import type { Message } from '../../domain/message.ts';
import { parseReference } from '../../domain/reference.ts';
import type { Due } from '../../store/message-item.ts';
import { findMessage, findRecent, markMessage, storeMessageOnce } from '../../store/messages.ts';
import { findByProviderId } from '../../store/provider-messages.ts';
import type { ParkedStatus } from '../../store/provider-messages.ts';
import { settleAccepted } from '../deliver/settle.ts';

/** How long after its claim a send may still be waiting for the provider's answer. */
const IN_FLIGHT_MS = 120_000;

/**
 * A message that left the business's account: one we sent ourselves, or one typed on the phone. Ours is known by the provider's id, or, when the
 * echo overtakes the provider's answer, by our reference or as the send in flight with the same words; only what remains was typed elsewhere and is stored.
 */
export async function receiveEcho(
  echo: Message & { providerMessageId: string },
  reference?: string,
  due?: Due,
): Promise<void> {
  const { target, parked } = await findByProviderId(echo.channelAccountId, echo.providerMessageId);
  if (target) return;
  const ours = (await sendNamed(echo, reference)) ?? (await sendInFlight(echo));
  if (ours) await settleAccepted(ours, echo.providerMessageId, { at: echo.storedAt, detail: 'echo' });
  else await storeEcho(echo, parked, due);
}

/** Its statuses may have been quicker than itself. */
async function storeEcho(
  echo: Message & { providerMessageId: string },
  parked: ParkedStatus[],
  due: Due | undefined,
): Promise<void> {
  await storeMessageOnce(echo, due);
  for (const { step, mark } of parked) await markMessage(echo.organizationId, echo, step, mark);
}

async function sendNamed(echo: Message, reference: string | undefined): Promise<Message | undefined> {
  const named = reference === undefined ? undefined : parseReference(reference);
  const message = named && (await findMessage(echo.organizationId, named.id, { consistent: true }));
  return message?.channelAccountId === echo.channelAccountId ? message : undefined;
}

async function sendInFlight(echo: Message): Promise<Message | undefined> {
  const claimed = await findRecent(echo.organizationId, echo.conversationId, {
    claimedSince: echo.storedAt - IN_FLIGHT_MS,
  });
  return claimed.findLast((message) => saysTheSame(message.body, echo.body));
}

/** Choices come back as the bare text above them on channels that keep them out of an echo. */
function saysTheSame(body: Body, echo: Body): boolean {
  const words = textOf(echo);
  return textOf(body) === words && (body.type === echo.type || (words !== undefined && echo.type === 'text'));
}
