import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { compact, readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { messageIdOf } from './address.ts';
import { methodUrl, sent } from './api.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfRefusal } from './errors.ts';
import { requestOf } from './request.ts';
import { messageRef } from './wire.ts';

/** Longer than for other channels: Telegram fetches a file's link before it answers. */
const TIMEOUT_MS = 25_000;

/** There is no idempotency and no delivery report: the answer is all there ever is. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const call = requestOf(outgoing);
  if (!call) return refusal(never('invalid', 'not_sendable', 'Telegram can not send this to this recipient.'));
  const answer = await callProvider({
    method: 'POST',
    url: methodUrl(account, call.method),
    body: JSON.stringify(call.parameters),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'Telegram');
  if (answer.status !== 200) return receiptOfRefusal(answer);
  const taken = readAs(sent, answer.json);
  return taken ? accepted(taken.result) : unclear('Telegram', answer.status);
}

/** A reaction is answered with `true`: it becomes no message of its own. */
function accepted(result: unknown): Receipt {
  const message = readAs(messageRef, result);
  return { outcome: 'accepted', ...compact({ providerMessageId: message && messageIdOf(message) }) };
}
