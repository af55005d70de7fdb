import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { compact, readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal } from '../shared/receipt.ts';
import { stableId } from './address.ts';
import { sent } from './api.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfFailedStatus, receiptOfRefusal } from './refusal.ts';
import { requestOf } from './request.ts';

/** A gateway fetches a file's link before it answers. */
const TIMEOUT_MS = 25_000;

/** Neither provider takes an idempotency key: one call per attempt, and the id where the answer has one. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const call = requestOf(outgoing, account.credentials);
  if (!call)
    return refusal(never('invalid', 'not_sendable', 'This WhatsApp Lite account can not send this to this recipient.'));
  const answer = await callProvider({
    method: call.method,
    url: `${account.baseUrl.replace(/\/+$/, '')}/${call.path}`,
    headers: call.headers,
    body: JSON.stringify(call.body),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'The provider');
  if (answer.status < 200 || answer.status > 299) return receiptOfRefusal(answer);
  return accepted(answer.json);
}

/** The body of Notify's success is not published, so an answer without an id is a success too. */
function accepted(json: unknown): Receipt {
  const answer = readAs(sent, json);
  if (answer?.status?.toLowerCase() === 'failed') return receiptOfFailedStatus();
  const id = answer?.messageId ?? answer?.id ?? answer?.key?.id;
  return { outcome: 'accepted', ...compact({ providerMessageId: id === undefined ? undefined : stableId(id) }) };
}
