import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { callProvider } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import { never, receiptOfSilence, refusal, unclear } from '../shared/receipt.ts';
import { graphUrl, sent } from './api.ts';
import type { Credentials } from './credentials.ts';
import { receiptOfRefusal } from './errors.ts';
import { requestOf } from './request.ts';

const TIMEOUT_MS = 15_000;

/** Meta's 200 means accepted; everything later comes as a status webhook that carries our reference. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const request = requestOf(outgoing);
  if (!request) return refusal(never('invalid', 'not_sendable', 'WhatsApp Cloud can not send this to this recipient.'));
  const answer = await callProvider({
    method: 'POST',
    url: graphUrl(account.baseUrl, `${encodeURIComponent(account.externalId)}/messages`),
    headers: { authorization: `Bearer ${account.credentials.access_token}` },
    body: JSON.stringify(request),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, 'WhatsApp');
  if (answer.status !== 200) return receiptOfRefusal(answer);
  const id = readAs(sent, answer.json)?.messages[0]?.id;
  return id === undefined ? unclear('WhatsApp', answer.status) : { outcome: 'accepted', providerMessageId: id };
}
