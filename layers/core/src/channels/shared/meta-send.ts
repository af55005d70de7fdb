import type { Receipt } from '../contract.ts';
import { callProvider } from './http.ts';
import { graphUrl, sent } from './meta-api.ts';
import { receiptOfRefusal, type Failures } from './meta-errors.ts';
import type { Json } from './meta-request.ts';
import { readAs } from './read.ts';
import { never, receiptOfSilence, refusal, unclear } from './receipt.ts';

/** Meta fetches a file before it answers ("Send media": up to 75 s for a video), and the sender itself has a minute. */
const TIMEOUT_MS = 45_000;

export interface GraphSend {
  label: string;
  baseUrl: string;
  /** the page or the account that sends */
  sender: string;
  token: string;
  /** undefined: there is no way to say it */
  request: Json | undefined;
  failures: Failures;
}

/** Asks Graph once. A reaction is answered without an id, for it is no message. */
export async function sendToGraph({ label, baseUrl, sender, token, request, failures }: GraphSend): Promise<Receipt> {
  if (!request) return refusal(never('invalid', 'not_sendable', `${label} can not send this to this recipient.`));
  const answer = await callProvider({
    method: 'POST',
    url: graphUrl(baseUrl, `${encodeURIComponent(sender)}/messages`),
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, label);
  if (answer.status !== 200) return receiptOfRefusal(answer, label, failures);
  const { message_id: id, recipient_id: recipient } = readAs(sent, answer.json) ?? {};
  if (id !== undefined) return { outcome: 'accepted', providerMessageId: id };
  const isAction = 'sender_action' in request && recipient !== undefined;
  return isAction ? { outcome: 'accepted' } : unclear(label, answer.status);
}
